package org.bitloom.hdl.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.Simulation;

/**
 * A simulation inside this process. Compared in every cycle where the expected outputs come from the interpreter, which
 * starts with the same random state; else from the cycle on in which nothing is unknown.
 */
record BuiltInLeg(String name, Start start) implements Leg {
    interface Start {
        Simulation of(Design design, long seed);
    }

    @Override
    public Map<Integer, Difference> run(List<Trial> trials) {
        Map<Integer, Difference> differences = new LinkedHashMap<>();
        for (int i = 0; i < trials.size(); i++) {
            int index = i;
            run(trials.get(i)).ifPresent(difference -> differences.put(index, difference));
        }
        return differences;
    }

    private Optional<Difference> run(Trial trial) {
        List<List<BitVector>> seen;
        try {
            seen = trial.run(start.of(trial.design(), trial.seed()));
        } catch (RuntimeException | LinkageError e) {
            String text = e + "\n  at " + e.getStackTrace()[0];
            return Optional.of(new Difference(name, e.getClass().getSimpleName(), text));
        }
        for (int cycle = trial.compared(); cycle < trial.cycles(); cycle++) {
            if (!seen.get(cycle).equals(trial.outputs().get(cycle))) {
                return Optional.of(trial.wrongValue(name, cycle, seen.get(cycle)));
            }
        }
        return Optional.empty();
    }
}
