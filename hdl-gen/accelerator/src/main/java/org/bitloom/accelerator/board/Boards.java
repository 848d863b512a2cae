package org.bitloom.accelerator.board;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bitloom.accelerator.AcceleratorException;

/** The boards that Bitloom knows: one folder each beneath {@code constraints/}, which is part of the program. */
public final class Boards {
    private static final String FOLDER = "/constraints";
    private static final String FILE = "board.yaml";

    private Boards() {}

    /** All boards by their ids. */
    public static List<Board> all() {
        return ids().stream().map(Boards::read).toList();
    }

    /**
     * The board of this id; upper and lower case, spaces and dashes do not matter.
     *
     * @throws AcceleratorException that lists the boards where there is none of this name
     */
    public static Board find(String name) {
        List<String> ids = ids();
        return ids.stream()
                .filter(id -> plain(id).equals(plain(name)))
                .findFirst()
                .map(Boards::read)
                .orElseThrow(() -> new AcceleratorException(
                        "board '" + name + "' is not known; known are " + String.join(", ", ids)));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static Board read(String id) {
        String file = "constraints/" + id + "/" + FILE;
        try (InputStream in = Boards.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " has gone");
            }
            return BoardFile.read(id, file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids() {
        URL folder = Boards.class.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("the program was built without its boards");
        }
        try {
            URI place = folder.toURI();
            if (!place.getScheme().equals("jar")) {
                return ids(Path.of(place));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                return ids(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> ids(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.exists(each.resolve(FILE)))
                    .map(each -> each.getFileName().toString().replace("/", ""))
                    .sorted()
                    .toList();
        }
    }
}
