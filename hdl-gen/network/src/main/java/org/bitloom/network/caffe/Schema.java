package org.bitloom.network.caffe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of one message type, by number for the binary form and by name for the text form. */
final class Schema {
    /** What a field holds. */
    enum Kind {
        INTEGER, NUMBER, FLAG, TEXT, CHOICE, MESSAGE, NUMBERS
    }

    /**
     * One field.
     *
     * @param choices names of an enumeration's values, by number
     * @param message the type of a nested message; null for other kinds
     */
    record Field(String name, Kind kind, List<String> choices, @Nullable Schema message) {
    }

    private final Map<Integer, Field> byNumber = new HashMap<>();
    private final Map<String, Field> byName = new HashMap<>();

    Schema integer(int number, String name) {
        return with(number, new Field(name, Kind.INTEGER, List.of(), null));
    }

    Schema number(int number, String name) {
        return with(number, new Field(name, Kind.NUMBER, List.of(), null));
    }

    Schema flag(int number, String name) {
        return with(number, new Field(name, Kind.FLAG, List.of(), null));
    }

    Schema text(int number, String name) {
        return with(number, new Field(name, Kind.TEXT, List.of(), null));
    }

    Schema choice(int number, String name, String... choices) {
        return with(number, new Field(name, Kind.CHOICE, List.of(choices), null));
    }

    Schema message(int number, String name, Schema type) {
        return with(number, new Field(name, Kind.MESSAGE, List.of(), type));
    }

    /** Many floats: the contents of a blob. */
    Schema numbers(int number, String name) {
        return with(number, new Field(name, Kind.NUMBERS, List.of(), null));
    }

    private Schema with(int number, Field field) {
        byNumber.put(number, field);
        byName.put(field.name(), field);
        return this;
    }

    Optional<Field> field(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
