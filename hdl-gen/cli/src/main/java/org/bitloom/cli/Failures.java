package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.bitloom.accelerator.AcceleratorException;
import org.bitloom.network.NetworkException;
import org.bitloom.sim.SimulationException;
import org.bitloom.sim.ToolMissingException;
import picocli.CommandLine;

/**
 * The one place where an exception becomes a message and an exit status. A user's error is one message and no stack
 * trace; anything unexpected is called a defect, and its stack trace is shown when {@code BITLOOM_TRACE} is set.
 *
 * <p>Each module has one exception type for errors of its user; it gets one line in {@link #of}.
 */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    /** What the user is told, and the exit status; {@code defect} means that the fault is Bitloom's. */
    record Failure(int status, String message, boolean defect) {
        static Failure badInput(String message) {
            return new Failure(ExitStatus.BAD_INPUT, message, false);
        }

        static Failure badInput(Exception saysItAll) {
            return badInput(String.valueOf(saysItAll.getMessage()));
        }
    }

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case CommandException e -> new Failure(e.status(), String.valueOf(e.getMessage()), false);
            case NetworkException e -> Failure.badInput(e);
            case AcceleratorException e -> Failure.badInput(e);
            case SimulationException e -> Failure.badInput(e);
            case ToolMissingException e -> new Failure(ExitStatus.TOOL_MISSING, String.valueOf(e.getMessage()), false);
            case NoSuchFileException e -> Failure.badInput("%s: no such file or folder.".formatted(e.getFile()));
            case AccessDeniedException e -> Failure.badInput("%s: permission denied.".formatted(e.getFile()));
            case FileSystemException e -> Failure.badInput(e);
            case OutOfMemoryError _ -> Failure.badInput(
                    "This needs more memory than the JVM may use (%d MiB): BITLOOM_JVM=-Xmx12g ./bitloom …"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20));
            default -> new Failure(
                    ExitStatus.DEFECT, "internal error, a defect of Bitloom: %s%s".formatted(thrown, place(thrown)), true);
        };
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
        return report(thrown, command.getErr());
    }

    static int report(Throwable thrown, PrintWriter err) {
        Failure failure = of(thrown);
        err.println("bitloom: " + failure.message());
        if (failure.defect()) {
            if (System.getenv("BITLOOM_TRACE") != null) {
                thrown.printStackTrace(err);
            } else {
                err.println("Please report it with the stack trace that BITLOOM_TRACE=1 ./bitloom … prints.");
            }
        }
        err.flush();
        return failure.status();
    }
}
