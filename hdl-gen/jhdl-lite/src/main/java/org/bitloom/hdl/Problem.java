package org.bitloom.hdl;

import java.util.List;
import org.bitloom.hdl.ir.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a component.
 *
 * @param component class in whose constructor it was made
 * @param location  the Java line, where it is known
 * @param call      name of the method that was called there, to place the caret; or empty
 * @param message   what is wrong, with the names of the signals
 * @param remedy    what to write instead
 * @param related   other lines that belong to it, each with a word on how
 */
public record Problem(
        String component,
        @Nullable SourceLocation location,
        String call,
        String message,
        String remedy,
        List<Related> related) {
    public Problem {
        related = List.copyOf(related);
    }

    public record Related(String what, @Nullable SourceLocation location) {}

    /** The text a person reads: place, message, source line with caret, related lines, remedy. */
    public String format() {
        StringBuilder text = new StringBuilder();
        text.append(location == null ? component : location.toString()).append(": error: ").append(message).append('\n');
        SourceText.excerpt(text, location, call);
        for (Related other : related) {
            text.append(other.location() == null ? component : other.location().toString())
                    .append(": ")
                    .append(other.what())
                    .append('\n');
            SourceText.excerpt(text, other.location(), "");
        }
        return text.append("  remedy: ").append(remedy).append('\n').toString();
    }
}
