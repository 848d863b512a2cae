package org.bitloom.accelerator.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final Stage.Queue SHORT = new Stage.Queue("short", 16, 0, 4);
    private static final Stage.Queue LONG = new Stage.Queue("long", 16, 0, 40);
    private static final Stage.Window WINDOW = new Stage.Window(
            "window", SlidingWindow.Config.gapless(24, new WindowShape(32, 32, 1, 3, 3, 1, 1, 1, 1)));

    @Test
    void withoutLutMemoryWordsLieInBlocksUnlessTheyAreFew() {
        for (Family family : new Family[] {Family.ICE40, Family.ICE40_UP}) {
            assertThat(SHORT.on(family).config().style()).isEqualTo(MemoryStyle.DISTRIBUTED);
            assertThat(LONG.on(family).config().style()).isEqualTo(MemoryStyle.BLOCK);
            assertThat(WINDOW.on(family).config().style()).isEqualTo(MemoryStyle.BLOCK);
        }
        for (Family family : new Family[] {Family.XILINX7, Family.ECP5, Family.GOWIN, Family.CYCLONE_V}) {
            assertThat(LONG.on(family).config().style()).isEqualTo(MemoryStyle.DISTRIBUTED);
        }
    }

    @Test
    void theCostIsThatOfTheStageAsItIsBuiltOnTheFamily() {
        for (Stage stage : new Stage[] {SHORT, LONG, WINDOW}) {
            for (Family family : Family.values()) {
                assertThat(stage.cost(family)).isEqualTo(stage.on(family).cost(family));
            }
        }
        Resources window = WINDOW.cost(Family.ICE40);
        assertThat(window.bram()).isEqualTo(2);
        assertThat(window.ff()).isLessThan(100);
    }
}
