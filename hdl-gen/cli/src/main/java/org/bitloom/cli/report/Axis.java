package org.bitloom.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear scale: numbers from {@code low} to {@code high} lie between two places of a drawing. */
record Axis(double low, double high, double from, double to) {
    Axis {
        if (!(low < high)) {
            throw new IllegalArgumentException("an axis from " + low + " to " + high);
        }
    }

    double place(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round numbers along the axis, about {@code wanted} of them. */
    List<Double> ticks(int wanted) {
        double rough = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (double factor : new double[] {2, 5, 10}) {
            if (step < rough) {
                step = factor * power;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A tick's number, with as many decimals as the distance of ticks needs. */
    String label(double tick, int wanted) {
        List<Double> ticks = ticks(wanted);
        double step = ticks.size() < 2 ? 1 : ticks.get(1) - ticks.get(0);
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", tick == 0 ? 0.0 : tick);
    }
}
