package org.bitloom.network.caffe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.network.NetworkException;

/**
 * One message as read, from either form: every value under the name of its field, in order. Which Java type a field's
 * values have follows from its {@link Schema.Kind}: Long, Double, Boolean, String (also of a choice), Message, float[].
 */
final class Message {
    static final Message EMPTY = new Message();

    private final Map<String, List<Object>> values = new LinkedHashMap<>();

    void add(String field, Object value) {
        values.computeIfAbsent(field, name -> new ArrayList<>()).add(value);
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    /** All values of a repeated field; of a field that is not repeated, protobuf lets the last one count. */
    <T> List<T> all(String field, Class<T> type) {
        return values.getOrDefault(field, List.of()).stream().map(type::cast).toList();
    }

    private <T> Optional<T> last(String field, Class<T> type) {
        List<T> all = all(field, type);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    long integer(String field, long otherwise) {
        return last(field, Long.class).orElse(otherwise);
    }

    /** An integer that must fit an int and be at least {@code least}. */
    int size(String field, int otherwise, int least) {
        long value = integer(field, otherwise);
        if (value < least || value > Integer.MAX_VALUE) {
            throw new NetworkException("has a " + field + " of " + value + "; at least " + least + " is possible");
        }
        return (int) value;
    }

    double number(String field, double otherwise) {
        return last(field, Double.class).orElse(otherwise);
    }

    boolean flag(String field, boolean otherwise) {
        return last(field, Boolean.class).orElse(otherwise);
    }

    Optional<String> text(String field) {
        return last(field, String.class);
    }

    List<String> texts(String field) {
        return all(field, String.class);
    }

    List<Message> messages(String field) {
        return all(field, Message.class);
    }

    /** A nested message; an empty one where it is absent, so that every field has its default. */
    Message message(String field) {
        return last(field, Message.class).orElse(EMPTY);
    }
}
