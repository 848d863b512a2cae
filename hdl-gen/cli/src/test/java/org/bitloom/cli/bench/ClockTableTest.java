package org.bitloom.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Predicted clocks against those that place and route gave. */
class ClockTableTest {
    private static final double MOST = 0.35;
    private static final double MEDIAN = 0.12;

    @Test
    void predictedPeriodsAreNearTheMeasuredOnes() {
        List<ClockRow> rows = ClockTable.rows();
        assertThat(rows).hasSizeGreaterThan(25);
        assertThat(rows).allSatisfy(row -> assertThat(Math.abs(row.error())).as(row.line()).isLessThan(MOST));
        List<Double> errors = rows.stream().map(row -> Math.abs(row.error())).sorted().toList();
        assertThat(errors.get(errors.size() / 2)).as("median error").isLessThan(MEDIAN);
    }

    @Test
    void theClockOfTheRoutedDesignIsTheLastOneInTheReport() {
        assertThat(Placement.parse("""
                Info: Max frequency for clock 'clk$SB_IO_IN_$glb_clk': 140.10 MHz (FAIL at 300.00 MHz)
                Info: Max frequency for clock 'clk$SB_IO_IN_$glb_clk': 101.25 MHz (FAIL at 300.00 MHz)
                """)).isEqualTo(101.25);
    }
}
