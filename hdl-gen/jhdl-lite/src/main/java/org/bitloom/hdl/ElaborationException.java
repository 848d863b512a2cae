package org.bitloom.hdl;

import java.util.List;
import java.util.stream.Collectors;

/** A design could not be elaborated. Carries every mistake that was found, not only the first. */
public final class ElaborationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ElaborationException(String design, List<Problem> problems) {
        super(problems.stream().map(Problem::format).collect(Collectors.joining())
                + problems.size()
                + (problems.size() == 1 ? " error in design '" : " errors in design '")
                + design
                + "'");
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
