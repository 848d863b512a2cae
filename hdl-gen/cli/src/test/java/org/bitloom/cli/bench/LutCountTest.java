package org.bitloom.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LutCountTest {
    @Test
    void readsTheTopModuleOfYosysStatistics() {
        String report = """
                === part ===

                   Number of cells:                  1
                     LUT2                            1

                === design hierarchy ===

                   top                               1
                   Number of wires:                 40
                   Number of cells:                 34
                     CARRY4                          2
                     FDRE                            7
                     FDSE                            1
                     LUT2                            3
                     LUT6                           10
                     MUXF7                           4
                     RAM32M                          5
                     RAMB18E1                        1
                     SRL16E                          1
                """;
        assertThat(LutCount.parse(report)).isEqualTo(new LutCount(13, 4, 2, 8, 6, 1));
    }

    @Test
    void samplesAreOrdered() {
        Samples samples = new Samples(List.of(3.0, 1.0, 4.0, 2.0));
        assertThat(List.of(samples.least(), samples.median(), samples.greatest())).containsExactly(1.0, 2.0, 4.0);
    }
}
