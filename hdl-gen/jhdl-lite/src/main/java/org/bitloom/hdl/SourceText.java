package org.bitloom.hdl;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.hdl.ir.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * The Java text of classes, where it can be had: as a resource beside the class, or in the source folders of the Maven
 * module that the class was compiled in.
 */
final class SourceText {
    private static final Map<Class<?>, List<String>> LINES = new ConcurrentHashMap<>();
    private static final Map<String, Class<?>> CLASSES = new ConcurrentHashMap<>();

    private SourceText() {}

    /** Appends the line with a caret under {@code .call(}, or under its first character; nothing where there is no text. */
    static void excerpt(StringBuilder to, @Nullable SourceLocation location, String call) {
        if (location == null) {
            return;
        }
        Class<?> type = CLASSES.get(location.className());
        List<String> lines = type == null ? List.of() : lines(type);
        if (location.line() < 1 || location.line() > lines.size()) {
            return;
        }
        String line = lines.get(location.line() - 1);
        int column = call.isEmpty() ? -1 : line.indexOf("." + call + "(") + 1;
        if (column <= 0) {
            column = call.isEmpty() ? -1 : line.indexOf(call + "(");
        }
        if (column < 0) {
            column = line.length() - line.stripLeading().length();
        }
        to.append(line).append('\n').append(" ".repeat(column)).append("^\n");
    }

    /** The first sentence of the class comment, as plain text on one line; empty where there is none. */
    static String summary(Class<?> type) {
        List<String> lines = lines(type);
        Pattern declaration = Pattern.compile("\\b(class|record|interface|enum)\\s+" + type.getSimpleName() + "\\b");
        for (int i = 0; i < lines.size(); i++) {
            if (declaration.matcher(lines.get(i)).find()) {
                return firstSentence(commentAbove(lines, i));
            }
        }
        return "";
    }

    private static String commentAbove(List<String> lines, int declaration) {
        int end = declaration - 1;
        while (end >= 0 && (lines.get(end).isBlank() || lines.get(end).strip().startsWith("@"))) {
            end--;
        }
        if (end < 0 || !lines.get(end).strip().endsWith("*/")) {
            return "";
        }
        int start = end;
        while (start > 0 && !lines.get(start).strip().startsWith("/**")) {
            start--;
        }
        StringBuilder text = new StringBuilder();
        for (int i = start; i <= end; i++) {
            String line = lines.get(i).strip();
            line = line.startsWith("/**") ? line.substring(3) : line;
            line = line.endsWith("*/") ? line.substring(0, line.length() - 2) : line;
            line = line.startsWith("*") ? line.substring(1) : line;
            text.append(line.strip()).append(' ');
        }
        return text.toString().strip();
    }

    private static String firstSentence(String comment) {
        String plain = comment.replaceAll("\\{@\\w+ ([^}]*)}", "$1").replaceAll("<[^>]*>", "");
        Matcher end = Pattern.compile("[.:](\\s|$)").matcher(plain);
        String sentence = end.find() ? plain.substring(0, end.start() + 1) : plain;
        return sentence.endsWith(":") ? sentence.substring(0, sentence.length() - 1) + "." : sentence;
    }

    private static List<String> lines(Class<?> type) {
        return LINES.computeIfAbsent(outermost(type), outermost -> read(outermost).orElse(List.of()));
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        return outermost;
    }

    /** Remembers the class that a location names, so that its text can be found when it is wanted. */
    static void remember(Class<?> type) {
        CLASSES.putIfAbsent(type.getName(), type);
    }

    private static Optional<List<String>> read(Class<?> outermost) {
        String path = outermost.getName().replace('.', '/') + ".java";
        try (InputStream resource = outermost.getResourceAsStream("/" + path)) {
            if (resource != null) {
                return Optional.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
            }
            CodeSource code = outermost.getProtectionDomain().getCodeSource();
            if (code == null || code.getLocation() == null) {
                return Optional.empty();
            }
            Path classes = Path.of(URI.create(code.getLocation().toString()));
            for (String folder : List.of("src/main/java", "src/test/java")) {
                Path source = classes.resolve("../..").normalize().resolve(folder).resolve(path);
                if (Files.isRegularFile(source)) {
                    return Optional.of(Files.readAllLines(source));
                }
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
