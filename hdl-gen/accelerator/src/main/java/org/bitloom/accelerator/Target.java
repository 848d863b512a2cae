package org.bitloom.accelerator;

import java.util.Locale;
import org.bitloom.accelerator.board.Board;
import org.bitloom.hdl.verilog.Family;
import org.jspecify.annotations.Nullable;

/**
 * What an accelerator is built for.
 *
 * @param family    of the device
 * @param board     with the device; null where none was chosen
 * @param megahertz of its clock; 0 where none was chosen
 */
public record Target(Family family, @Nullable Board board, double megahertz) {
    public Target {
        if (!(megahertz >= 0 && megahertz <= 10_000)) {
            throw new AcceleratorException("a clock of " + megahertz + " MHz: give one above 0, as in --clock 100");
        }
        if (board != null && board.family() != family) {
            throw new AcceleratorException(board + " is of family " + board.family().name().toLowerCase(Locale.ROOT) + ", not "
                    + family.name().toLowerCase(Locale.ROOT));
        }
    }

    public static Target of(Family family) {
        return new Target(family, null, 0);
    }

    /** With the clock that the board brings. */
    public static Target of(Board board) {
        return new Target(board.family(), board, board.clock().megahertz());
    }

    public Target withClock(double newMegahertz) {
        return new Target(family, board, newMegahertz);
    }

    /** The registers that its clock needs; none beyond the least where none was chosen. */
    public Pipelining pipelining() {
        return hasClock() ? new Pipelining.ForClock(family, megahertz) : Pipelining.LEAST;
    }

    /** The clock as one writes it after {@code --clock}: {@code 100} or {@code 12.5}. */
    public String clockText() {
        return megahertzText(megahertz);
    }

    static String megahertzText(double megahertz) {
        return megahertz == Math.rint(megahertz) ? String.valueOf((long) megahertz) : String.valueOf(megahertz);
    }

    public boolean hasClock() {
        return megahertz > 0;
    }
}
