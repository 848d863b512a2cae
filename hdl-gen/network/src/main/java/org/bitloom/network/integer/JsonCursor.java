package org.bitloom.network.integer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.jspecify.annotations.Nullable;

/** Takes the expected next piece of a JSON document, or says what was expected; never holds more than that piece. */
final class JsonCursor {
    private final JsonParser parser;

    JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    int line() {
        return parser.currentLocation().getLineNr();
    }

    void startObject() throws IOException {
        require(JsonToken.START_OBJECT, parser.nextToken(), "an object");
    }

    void startObject(String name) throws IOException {
        name(name);
        startObject();
    }

    void endObject() throws IOException {
        require(JsonToken.END_OBJECT, parser.nextToken(), "the end of the object");
    }

    void startArray(String name) throws IOException {
        name(name);
        startArrayInArray();
    }

    void startArrayInArray() throws IOException {
        require(JsonToken.START_ARRAY, parser.nextToken(), "a list");
    }

    void endArray() throws IOException {
        require(JsonToken.END_ARRAY, parser.nextToken(), "the end of the list");
    }

    /** Enters the next object of a list, or leaves the list and answers false. */
    boolean nextObjectInArray() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            return false;
        }
        require(JsonToken.START_OBJECT, token, "an object or the end of the list");
        return true;
    }

    void requireEnd() throws IOException {
        if (parser.nextToken() != null) {
            throw new NetworkException("there is more after the end of the network");
        }
    }

    String string(String name) throws IOException {
        name(name);
        return element();
    }

    /** The next string of a list. */
    String element() throws IOException {
        require(JsonToken.VALUE_STRING, parser.nextToken(), "a string");
        return parser.getText();
    }

    int integer(String name) throws IOException {
        return narrow(longValue(name));
    }

    long longValue(String name) throws IOException {
        name(name);
        require(JsonToken.VALUE_NUMBER_INT, parser.nextToken(), "an integer");
        return parser.getLongValue();
    }

    List<Integer> integers(String name, int limit) throws IOException {
        List<Integer> values = new ArrayList<>();
        for (long value : longs(name, limit)) {
            values.add(narrow(value));
        }
        return values;
    }

    List<Long> longs(String name, int limit) throws IOException {
        List<Long> values = new ArrayList<>();
        startArray(name);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            require(JsonToken.VALUE_NUMBER_INT, token, "an integer or the end of the list");
            if (values.size() == limit) {
                throw new NetworkException("\"" + name + "\" holds more than " + limit + " numbers");
            }
            values.add(parser.getLongValue());
        }
        return values;
    }

    /** The strings of a list up to its end. */
    List<String> remainingStrings(int limit) throws IOException {
        List<String> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            require(JsonToken.VALUE_STRING, token, "a string or the end of the list");
            if (values.size() == limit) {
                throw new NetworkException("a list holds more than " + limit + " strings");
            }
            values.add(parser.getText());
        }
        return values;
    }

    /** The next number of a list; "-inf" and "inf" are the ends of the range. */
    long thresholdElement() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            return switch (parser.getText()) {
                case "-inf" -> Long.MIN_VALUE;
                case "inf" -> Long.MAX_VALUE;
                default -> throw new NetworkException("a threshold is an integer, \"-inf\" or \"inf\"");
            };
        }
        require(JsonToken.VALUE_NUMBER_INT, token, "a threshold");
        return parser.getLongValue();
    }

    private void name(String expected) throws IOException {
        require(JsonToken.FIELD_NAME, parser.nextToken(), "the name \"" + expected + "\"");
        if (!expected.equals(parser.currentName())) {
            throw new NetworkException("expected the name \"" + expected + "\" here");
        }
    }

    private static int narrow(long value) {
        if (value != (int) value) {
            throw new NetworkException(value + " is out of the range of a 32-bit number");
        }
        return (int) value;
    }

    private static void require(JsonToken expected, @Nullable JsonToken found, String what) {
        if (found != expected) {
            throw new NetworkException("expected " + what + ", found "
                    + (found == null ? "the end of the file" : describe(found)));
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case END_OBJECT -> "the end of the object";
            case END_ARRAY -> "the end of the list";
            case FIELD_NAME -> "another name";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            default -> token.asString() == null ? "something else" : token.asString();
        };
    }
}
