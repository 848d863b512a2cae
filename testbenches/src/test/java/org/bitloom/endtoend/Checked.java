package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.sim.BuiltInBackend;
import org.bitloom.sim.DesignRun;
import org.bitloom.sim.Progress;
import org.bitloom.sim.SimulationResult;
import org.bitloom.sim.SimulatorBackend;
import org.bitloom.sim.VerilogLint;

/** A generated design, and what must hold of it. */
record Checked(GeneratedDesign design) {
    private static final VerilogLint LINT = new VerilogLint();

    static Checked compile(IntegerNetwork network, List<Folding> foldings, Path folder) {
        return compile(network, foldings, Family.XILINX7, folder);
    }

    static Checked compile(IntegerNetwork network, List<Folding> foldings, Family family, Path folder) {
        return compile(Accelerator.of(network, foldings), family, folder);
    }

    static Checked compile(Accelerator accelerator, Family family, Path folder) {
        return new Checked(GeneratedDesign.write(accelerator, family, folder));
    }

    SimulatorBackend builtIn() {
        return new BuiltInBackend(design.hardware());
    }

    /** Every output value is the golden model's; without stalls the cycles are the predicted ones. */
    void isExact(SimulatorBackend backend, List<long[]> frames, double stall) {
        SimulationResult result = new DesignRun(design).run(backend, frames, stall, 5, null, Progress.NONE);
        assertThat(result.values()).isEqualTo((long) frames.size() * design.accelerator().output().values());
        assertThat(result.mismatches()).as("%s, stall %s: %s", backend.name(), stall, result.first()).isZero();
        if (stall == 0) {
            assertThat(result.latencyCycles()).as("latency").isEqualTo(design.accelerator().latencyCycles());
            if (frames.size() >= 8) {
                assertThat(result.intervalCycles()).as("interval").isEqualTo(design.accelerator().intervalCycles());
            }
        }
    }

    /** Neither Verilator nor Icarus has anything to say, all warnings on. */
    void isCleanInSimulators() {
        assertThat(LINT.verilator(design.rtl(), design.manifest().top(), design.manifest().sources())).isEmpty();
        assertThat(LINT.icarus(design.rtl(), design.manifest().top(), design.manifest().sources())).isEmpty();
    }

    /** Yosys has nothing to say against the Verilog. */
    void isCleanInSynthesis(String synthesis) {
        assertThat(LINT.yosys(design.rtl(), design.manifest().top(), design.manifest().sources(), synthesis)).isEmpty();
    }
}
