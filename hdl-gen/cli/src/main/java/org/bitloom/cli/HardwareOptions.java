package org.bitloom.cli;

import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.ClockCheck;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.FoldingSearch;
import org.bitloom.accelerator.Target;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Boards;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.integer.IntegerNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a network is to be built for and how fast it is to be; shared by the verbs that map one to hardware. */
final class HardwareOptions {
    @Option(
            names = "--folding",
            paramLabel = "PExSIMD,…",
            description = "Rows and columns at a time, for each matrix layer in order (default: with --board as fast as"
                    + " fits it; else the model's own, or a moderate one). A matrix that they do not divide is padded.")
    private @Nullable String folding;

    @Option(
            names = "--board",
            paramLabel = "BOARD",
            description = "The board that it is for, see ./bitloom boards. What does not fit it is refused.")
    private @Nullable String board;

    @Option(
            names = "--fps",
            paramLabel = "RATE",
            description = "Frames a second to be reached, with the least area that does it.")
    private @Nullable Double framesPerSecond;

    @Option(
            names = "--clock",
            paramLabel = "MHZ",
            description = "Clock in MHz (default: the board's). Each block gets the fewest registers with which it is"
                    + " predicted to meet it. What cannot meet a clock that is given here is refused (status 2); the"
                    + " board's own is only warned of.")
    private @Nullable Double clock;

    @Option(
            names = "--fill",
            paramLabel = "SHARE",
            description = "Share of the board's LUTs that a chosen folding may take, so that wires find their ways"
                    + " (default: ${DEFAULT-VALUE}).")
    private double fill = 0.8;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "Device family: ${COMPLETION-CANDIDATES} (default: the board's, or xilinx7).")
    private @Nullable Family family;

    Target target() {
        Target target;
        if (board == null) {
            target = Target.of(family == null ? Family.XILINX7 : family);
        } else {
            Board found = Boards.find(board);
            target = family == null ? Target.of(found) : new Target(family, found, found.clock().megahertz());
        }
        return clock == null ? target : target.withClock(requirePositive(clock));
    }

    private static double requirePositive(double megahertz) {
        if (!(megahertz > 0)) {
            throw CommandException.badInput("--clock is above 0 MHz, not " + megahertz + ".");
        }
        return megahertz;
    }

    /** The accelerator that is asked for; it fits, and meets a clock that was given. */
    Accelerator accelerator(ModelFile opened, Target target) {
        Accelerator accelerator = folded(opened, target);
        if (clock != null) {
            ClockCheck.require(accelerator, target);
        }
        return accelerator;
    }

    private Accelerator folded(ModelFile opened, Target target) {
        IntegerNetwork network = opened.network();
        if (folding != null) {
            if (framesPerSecond != null) {
                throw CommandException.badInput(
                        "--fps chooses the folding: give --fps or --folding, not both.");
            }
            return FoldingSearch.given(network, Folding.parse(folding), target);
        }
        if (framesPerSecond != null) {
            return new FoldingSearch(network, target, fill).reaching(framesPerSecond);
        }
        if (target.board() != null) {
            return new FoldingSearch(network, target, fill).asFastAsFits();
        }
        return Accelerator.of(network, opened.ownFoldings(), target.pipelining());
    }
}
