package org.bitloom.accelerator;

import java.util.Locale;
import org.bitloom.hdl.cost.LogicPath;

/** Whether an accelerator is predicted to run with the clock that was asked for. */
public final class ClockCheck {
    private ClockCheck() {}

    /**
     * Refuses what is predicted to miss its clock.
     *
     * @throws AcceleratorException with the path that is too long, and the nearest clock
     */
    public static void require(Accelerator accelerator, Target target) {
        CriticalPath critical = CriticalPath.of(accelerator.dataflow(), target.family());
        double reached = critical.megahertz(target.family());
        if (target.hasClock() && reached < target.megahertz()) {
            throw new AcceleratorException(String.format(
                    Locale.ROOT,
                    "network %s: a clock of %s MHz is predicted to be missed on %s: %s reaches %.1f MHz with the registers that were"
                            + " found; ask for up to --clock %s",
                    accelerator.network().name(),
                    target.clockText(),
                    target.family().name().toLowerCase(Locale.ROOT),
                    description(critical),
                    reached,
                    Target.megahertzText(reached < 10 ? Math.floor(10 * reached) / 10 : Math.floor(reached))));
        }
    }

    /** Such as {@code the dot product of fc1 (4 LUTs and 5 bits of carry)}. */
    public static String description(CriticalPath critical) {
        LogicPath path = critical.path();
        String carry = path.carryBits() == 0 ? "" : " and " + path.carryBits() + " bits of carry";
        String memory = path.memories() == 0 ? "" : " behind a block memory";
        return "the " + path.part() + " of " + critical.stage() + " (" + path.luts() + (path.luts() == 1 ? " LUT" : " LUTs")
                + carry + memory + ")";
    }
}
