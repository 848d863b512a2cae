package org.bitloom.network.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;

/** Type and shape from an npy header; the text is matched as a whole, never evaluated. */
record NpyHeader(ElementType type, List<Long> shape) {
    private static final int MAX_RANK = 8;
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*'(descr|fortran_order|shape)'\\s*:\\s*('[^'\\\\]*+'|True|False|\\([0-9,\\s]*+\\))\\s*(,|(?=\\}))");
    private static final Pattern EXTENT = Pattern.compile("\\d{1,18}");

    static NpyHeader parse(Path path, String text) {
        Map<String, String> entries = entries(path, text);
        String fortran = entries.get("fortran_order");
        if (!"False".equals(fortran)) {
            throw NetworkException.at(path, "fortran_order is " + fortran, "save it with numpy.ascontiguousarray");
        }
        return new NpyHeader(type(path, entries.getOrDefault("descr", "missing")),
                shape(path, entries.getOrDefault("shape", "missing")));
    }

    private static Map<String, String> entries(Path path, String text) {
        String trimmed = text.strip();
        Map<String, String> entries = new HashMap<>();
        if (trimmed.startsWith("{") && trimmed.endsWith("}")) {
            Matcher entry = ENTRY.matcher(trimmed).region(1, trimmed.length()).useTransparentBounds(true);
            int end = 1;
            while (entry.lookingAt()) {
                if (entries.put(entry.group(1), entry.group(2)) != null) {
                    throw malformed(path, "it names " + entry.group(1) + " twice");
                }
                end = entry.end();
                entry.region(end, trimmed.length());
            }
            if (trimmed.substring(end).strip().equals("}") && entries.size() == 3) {
                return entries;
            }
        }
        throw malformed(path, "it is not a dictionary of descr, fortran_order and shape");
    }

    private static ElementType type(Path path, String descr) {
        for (ElementType type : ElementType.values()) {
            if (descr.equals("'" + type.numpyName + "'")) {
                return type;
            }
        }
        String name = descr.replaceAll("[^A-Za-z0-9<>|=]", "");
        if (name.matches("[<>=]?f\\d+")) {
            throw NetworkException.at(path, "its elements are floats (" + name + ")",
                    "the network takes integers: save pixels as numpy.uint8");
        }
        throw NetworkException.at(path, "its elements are of type " + name.substring(0, Math.min(20, name.length())),
                "expected little-endian integers: uint8, int8, uint16, int16, uint32, int32 or int64");
    }

    private static List<Long> shape(Path path, String tuple) {
        List<Long> shape = new ArrayList<>();
        String inside = tuple.replaceAll("[()]", "").strip();
        String[] extents = inside.endsWith(",") ? inside.substring(0, inside.length() - 1).split(",", -1)
                : inside.split(",", -1);
        for (String extent : extents) {
            if (!EXTENT.matcher(extent.strip()).matches() || shape.size() == MAX_RANK) {
                throw malformed(path, "its shape is not a tuple of 1 to " + MAX_RANK + " numbers");
            }
            shape.add(Long.parseLong(extent.strip()));
        }
        return List.copyOf(shape);
    }

    private static NetworkException malformed(Path path, String problem) {
        return NetworkException.at(path, "its npy header is malformed: " + problem, "save it again with numpy.save");
    }
}
