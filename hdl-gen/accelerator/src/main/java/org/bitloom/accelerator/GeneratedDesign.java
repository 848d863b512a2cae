package org.bitloom.accelerator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bitloom.accelerator.board.Board;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.NetworkFile;

/**
 * An accelerator as a folder: {@code rtl/} with Verilog and memory images, {@code rtl.f} (the list of sources),
 * {@code network.json} (the integer network, which is the golden model), {@code manifest.json} and what a
 * {@link DesignReport} adds. The same accelerator gives the same bytes.
 */
public record GeneratedDesign(Path folder, Manifest manifest, Accelerator accelerator) {
    static final String NETWORK = "network.json";
    private static final String LIST = "rtl.f";
    private static final String RTL = "rtl";
    private static final Set<String> PARTS = Set.of(RTL, LIST, NETWORK, Manifest.FILE, DesignReport.PAGE, DesignReport.FIGURES);
    private static final Pattern FIGURE = Pattern.compile(DesignReport.FIGURES + "/[A-Za-z0-9_][A-Za-z0-9_.-]*");

    public Path rtl() {
        return folder.resolve(RTL);
    }

    /** Its page for people, where it was written with a report. */
    public Path page() {
        return folder.resolve(DesignReport.PAGE);
    }

    /** What the Verilog was written from. */
    public Design hardware() {
        return accelerator.design(manifest.family());
    }

    /**
     * Writes an accelerator. The folder appears complete or not at all; an earlier design in it is replaced.
     *
     * @throws AcceleratorException where the folder holds something that is no generated design, or cannot be written
     */
    public static GeneratedDesign write(Accelerator accelerator, Family family, Path folder) {
        return write(accelerator, Target.of(family), DesignReport.NONE, folder);
    }

    /**
     * The same for a board, with a report.
     *
     * @throws AcceleratorException where the folder holds something that is no generated design, or cannot be written
     */
    public static GeneratedDesign write(Accelerator accelerator, Target target, DesignReport report, Path folder) {
        Family family = target.family();
        Path place = folder.toAbsolutePath().normalize();
        VerilogFiles verilog = VerilogWriter.write(accelerator.design(family), family);
        try {
            refuseWhatIsNoDesign(place);
            Files.createDirectories(place.getParent());
            Path unfinished = Files.createTempDirectory(place.getParent(), "." + place.getFileName() + "-");
            try {
                Manifest manifest = fill(unfinished, accelerator, target, verilog);
                fill(unfinished, report.files(manifest));
                replace(place, unfinished);
                return new GeneratedDesign(folder, manifest, accelerator);
            } finally {
                delete(unfinished);
            }
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Opens a folder that was written before.
     *
     * @throws AcceleratorException where it is no design
     */
    public static GeneratedDesign open(Path folder) {
        Manifest manifest = Manifest.read(folder);
        IntegerNetwork network = NetworkFile.load(folder.resolve(NETWORK));
        return new GeneratedDesign(
                folder, manifest, Accelerator.of(network, manifest.foldings(), new Pipelining.Given(manifest.depths())));
    }

    /** Names of the files in {@code rtl/} that are missing or were changed since they were generated. */
    public List<String> changedFiles() {
        List<String> changed = new ArrayList<>();
        manifest.sha256().forEach((name, sum) -> {
            try {
                if (!sum.equals(sha256(Files.readAllBytes(rtl().resolve(name))))) {
                    changed.add(name);
                }
            } catch (IOException e) {
                changed.add(name);
            }
        });
        return List.copyOf(changed);
    }

    private static Manifest fill(Path folder, Accelerator accelerator, Target target, VerilogFiles verilog)
            throws IOException {
        Path rtl = Files.createDirectory(folder.resolve(RTL));
        Map<String, String> sums = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : new TreeMap<>(verilog.files()).entrySet()) {
            byte[] bytes = file.getValue().getBytes(StandardCharsets.US_ASCII);
            Files.write(rtl.resolve(file.getKey()), bytes);
            sums.put(file.getKey(), sha256(bytes));
        }
        StringBuilder list = new StringBuilder();
        verilog.sources().forEach(source -> list.append("rtl/").append(source).append('\n'));
        Files.writeString(folder.resolve(LIST), list);
        NetworkFile.save(accelerator.network(), folder.resolve(NETWORK));
        Board board = target.board();
        Manifest manifest = new Manifest(
                verilog.top(), target.family(), board == null ? null : board.id(), target.megahertz(), accelerator.foldings(),
                accelerator.depths(), verilog.sources(), sums);
        Files.writeString(folder.resolve(Manifest.FILE), manifest.toJson(accelerator, target));
        return manifest;
    }

    private static void fill(Path folder, Map<String, String> report) throws IOException {
        for (Map.Entry<String, String> file : report.entrySet()) {
            if (!file.getKey().equals(DesignReport.PAGE) && !FIGURE.matcher(file.getKey()).matches()) {
                throw new IllegalArgumentException("a report has no file " + file.getKey());
            }
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /**
     * Finds out before long work whether a design can be written to a folder.
     *
     * @throws AcceleratorException where the folder holds something that is no generated design
     */
    public static void requireReplaceable(Path folder) {
        try {
            refuseWhatIsNoDesign(folder.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static AcceleratorException unwritable(Path folder, Exception cause) {
        return new AcceleratorException(
                folder + " cannot be written (" + cause.getMessage() + "); choose another folder with -o", cause);
    }

    private static void refuseWhatIsNoDesign(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new AcceleratorException(target + " is a file; choose a folder with -o");
        }
        try (Stream<Path> entries = Files.list(target)) {
            List<String> names = entries.map(entry -> entry.getFileName().toString()).sorted().toList();
            if (!names.isEmpty() && !(PARTS.containsAll(names) && isDesign(target))) {
                throw new AcceleratorException(target + " holds more than a generated design (" + names.getFirst()
                        + " …) and is left alone; choose an empty or new folder with -o");
            }
        }
    }

    private static boolean isDesign(Path folder) {
        try {
            Manifest.read(folder);
            return true;
        } catch (AcceleratorException e) {
            return false;
        }
    }

    private static void replace(Path target, Path by) throws IOException {
        if (Files.exists(target)) {
            Path old = Files.createTempDirectory(target.getParent(), "." + target.getFileName() + "-old-");
            Files.move(target, old, StandardCopyOption.REPLACE_EXISTING);
            Files.move(by, target);
            delete(old);
        } else {
            Files.move(by, target);
        }
        // Temporary folders are private to their owner; a design need not be.
        target.toFile().setReadable(true, false);
        target.toFile().setExecutable(true, false);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
