package org.bitloom.accelerator.board;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.accelerator.AcceleratorException;
import org.bitloom.accelerator.board.Board.Clock;
import org.bitloom.accelerator.board.Board.LargeMemory;
import org.bitloom.accelerator.board.Board.Toolchain;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a {@code board.yaml}. Every key must be known and be there; what can be left out is said in
 * {@code constraints/README.md}. The first thing that is wrong ends it, with file, key and remedy.
 */
final class BoardFile {
    private static final int LONGEST = 1 << 16;
    private static final int GREATEST = 100_000_000;

    private final String file;
    private final String key;
    private final Map<String, Object> values;

    private BoardFile(String file, String key, Map<String, Object> values) {
        this.file = file;
        this.key = key;
        this.values = values;
    }

    /**
     * @param id   name of the board's folder
     * @param file what messages call the file
     */
    static Board read(String id, String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(LONGEST)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            return section(file, "", new Load(settings).loadFromString(text)).board(id);
        } catch (YamlEngineException e) {
            String first = String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" ")).replaceAll("\\s+", " ");
            throw new AcceleratorException(file + ": it is not well-formed YAML (" + first + "); mend it", e);
        }
    }

    private static BoardFile section(String file, String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !map.keySet().stream().allMatch(String.class::isInstance)) {
            throw new AcceleratorException(file + ": " + (key.isEmpty() ? "the file" : key) + " holds names and values, as in"
                    + " 'name: Basys 3'; write it so");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, each) -> values.put((String) name, each));
        return new BoardFile(file, key, values);
    }

    private Board board(String id) {
        requireOnly("name", "part", "family", "toolchain", "resources", "clock");
        BoardFile resources = section("resources");
        resources.requireOnly("lut", "ff", "bram", "large", "dsp");
        BoardFile bram = resources.section("bram");
        bram.requireOnly("kind", "count");
        BoardFile clock = section("clock");
        clock.requireOnly("mhz", "pin", "from");
        Family family = choice("family", Family.values());
        String memory = bram.text("kind");
        if (!memory.equals(smallestBlock(family))) {
            throw bram.wrong("kind", "is " + smallestBlock(family) + " for " + family + ", not '" + memory + "'");
        }
        return new Board(
                id,
                text("name"),
                text("part"),
                family,
                choice("toolchain", Toolchain.values()),
                new Resources(
                        resources.number("lut"), resources.number("ff"), bram.number("count"), resources.number("dsp"), 0),
                memory,
                resources.large(),
                clock.clock());
    }

    /** What {@link Resources} counts. */
    private static String smallestBlock(Family family) {
        return switch (family) {
            case XILINX7, ULTRASCALE_PLUS, ECP5, GOWIN -> "18 Kb";
            case CYCLONE_V -> "10 Kb";
            case ICE40, ICE40_UP -> "4 Kb";
        };
    }

    private Optional<LargeMemory> large() {
        if (!values.containsKey("large")) {
            return Optional.empty();
        }
        BoardFile large = section("large");
        large.requireOnly("kind", "count");
        return Optional.of(new LargeMemory(large.text("kind"), large.number("count")));
    }

    private Clock clock() {
        Object megahertz = value("mhz");
        if (!(megahertz instanceof Number number) || !(number.doubleValue() > 0 && number.doubleValue() <= 1000)) {
            throw wrong("mhz", "is a number up to 1000, not '" + megahertz + "'");
        }
        if (values.containsKey("pin") == values.containsKey("from")) {
            throw wrong("pin", "is there, or 'from: processor', and not both");
        }
        if (values.containsKey("pin")) {
            return new Clock(number.doubleValue(), Optional.of(text("pin")));
        }
        if (!text("from").equals("processor")) {
            throw wrong("from", "is 'processor', not '" + text("from") + "'");
        }
        return new Clock(number.doubleValue(), Optional.empty());
    }

    private void requireOnly(String... known) {
        for (String name : values.keySet()) {
            if (!Arrays.asList(known).contains(name)) {
                throw wrong(name, "is not known here; known are " + String.join(", ", known));
            }
        }
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw wrong(name, "is missing; add it");
        }
        return value;
    }

    private BoardFile section(String name) {
        return section(file, path(name), value(name));
    }

    private String text(String name) {
        if (value(name) instanceof String text && !text.isBlank() && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw wrong(name, "is text, not '" + value(name) + "'; put it in quotes");
    }

    private int number(String name) {
        if (value(name) instanceof Integer number && number >= 0 && number <= GREATEST) {
            return number;
        }
        throw wrong(name, "is a whole number from 0 to " + GREATEST + ", not '" + value(name) + "'");
    }

    private <E extends Enum<E>> E choice(String name, E[] choices) {
        String text = text(name);
        return Arrays.stream(choices)
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> wrong(name, "is one of "
                        + Stream.of(choices).map(Enum::name).map(each -> each.toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ", not '" + text + "'"));
    }

    private String path(String name) {
        return key.isEmpty() ? name : key + "." + name;
    }

    private AcceleratorException wrong(String name, String what) {
        return new AcceleratorException(file + ": " + path(name) + " " + what);
    }
}
