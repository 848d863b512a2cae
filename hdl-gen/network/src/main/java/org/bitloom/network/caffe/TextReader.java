package org.bitloom.network.caffe;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.protobuf.FileLimits;
import org.bitloom.network.protobuf.SafeText;
import org.jspecify.annotations.Nullable;

/** Reads a message in protobuf's text form: {@code name: value} and {@code name { … }}; unknown fields are passed over. */
final class TextReader {
    private static final int MAX_NESTING = 32;
    private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,18}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?[fF]?");

    private final TextTokens tokens;
    private final FileLimits limits;
    private long records;

    private TextReader(String text, FileLimits limits) {
        this.tokens = new TextTokens(text);
        this.limits = limits;
    }

    /** Reads the bytes of a file; {@code label} stands for the file in messages. */
    static Message read(byte[] file, String label, Schema schema, FileLimits limits) {
        try {
            return new TextReader(new String(file, StandardCharsets.UTF_8), limits).fields(schema, "", 0);
        } catch (NetworkException e) {
            throw new NetworkException(label + ": " + e.getMessage(), e);
        }
    }

    /** @param end the mark that ends the message; empty where the file does */
    private Message fields(Schema schema, String end, int depth) {
        if (depth > MAX_NESTING) {
            throw tokens.problem("messages are nested at most " + MAX_NESTING + " deep");
        }
        Message message = new Message();
        while (end.isEmpty() ? tokens.kind() != TextTokens.Kind.END : !tokens.at(end)) {
            Schema.Field field = schema.field(tokens.word("the name of a field")).orElse(null);
            boolean colon = tokens.pass(":");
            if (!colon && !tokens.at("{") && !tokens.at("<")) {
                throw tokens.problem("':' or '{' is due");
            }
            values(field, message, depth);
            if (!tokens.pass(",")) {
                tokens.pass(";");
            }
        }
        tokens.pass(end);
        return message;
    }

    /** One value, or several in brackets. */
    private void values(Schema.@Nullable Field field, Message message, int depth) {
        if (!tokens.pass("[")) {
            value(field, message, depth);
            return;
        }
        while (!tokens.pass("]")) {
            value(field, message, depth);
            if (!tokens.pass(",") && !tokens.at("]")) {
                throw tokens.problem("',' or ']' is due");
            }
        }
    }

    private void value(Schema.@Nullable Field field, Message message, int depth) {
        if (++records > limits.records()) {
            throw tokens.problem("at most " + limits.records() + " values are read");
        }
        boolean nested = tokens.at("{") || tokens.at("<");
        if (nested) {
            String end = tokens.take().equals("{") ? "}" : ">";
            boolean wanted = field != null && field.kind() == Schema.Kind.MESSAGE;
            if (field != null && !wanted) {
                throw tokens.problem("the field " + field.name() + " holds no message");
            }
            Message inner = fields(field == null ? new Schema() : Objects.requireNonNull(field.message()), end, depth + 1);
            if (field != null) {
                message.add(field.name(), inner);
            }
            return;
        }
        boolean string = tokens.kind() == TextTokens.Kind.STRING;
        if (!string && tokens.kind() != TextTokens.Kind.WORD) {
            throw tokens.problem("a value is due");
        }
        StringBuilder text = new StringBuilder(tokens.take());
        while (string && tokens.kind() == TextTokens.Kind.STRING && text.length() < limits.nameBytes()) {
            text.append(tokens.take());
        }
        if (field != null) {
            message.add(field.name(), scalar(field, text.toString(), string));
        }
    }

    private Object scalar(Schema.Field field, String text, boolean string) {
        boolean fits = switch (field.kind()) {
            case INTEGER -> INTEGER.matcher(text).matches() || HEXADECIMAL.matcher(text).matches();
            case NUMBER, NUMBERS -> NUMBER.matcher(text).matches();
            case FLAG -> text.matches("true|True|t|1|false|False|f|0");
            case TEXT -> string;
            case CHOICE -> !string;
            case MESSAGE -> false;
        };
        if (!fits) {
            throw tokens.problem("the field " + field.name() + " cannot be " + SafeText.quoted(text));
        }
        return switch (field.kind()) {
            case INTEGER -> HEXADECIMAL.matcher(text).matches() ? Long.parseLong(text.substring(2), 16)
                    : (Object) Long.parseLong(text);
            case NUMBER -> (double) Float.parseFloat(text);
            case NUMBERS -> new float[] {Float.parseFloat(text)};
            case FLAG -> text.toLowerCase(Locale.ROOT).startsWith("t") || text.equals("1");
            case CHOICE -> INTEGER.matcher(text).matches() ? choice(field, Long.parseLong(text)) : text;
            case TEXT, MESSAGE -> text;
        };
    }

    private static String choice(Schema.Field field, long number) {
        return number >= 0 && number < field.choices().size() ? field.choices().get((int) number) : "number " + number;
    }
}
