package org.bitloom.accelerator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bitloom.accelerator.AcceleratorException;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.junit.jupiter.api.Test;

class BoardsTest {
    private static final String FILE = "constraints/x/board.yaml";

    private static final String YAML = """
            name: Basys 3
            part: xc7a35tcpg236-1
            family: XILINX7
            toolchain: vivado
            resources:
              lut: 20800
              ff: 41600
              bram: {kind: 18 Kb, count: 100}
              dsp: 90
            clock:
              mhz: 100
              pin: "W5"
            """;

    private static Board read(String yaml) {
        return BoardFile.read("x", FILE, yaml);
    }

    private static void assertRefused(String from, String to, String... parts) {
        assertThat(YAML).contains(from);
        assertThatThrownBy(() -> read(YAML.replace(from, to)))
                .isInstanceOf(AcceleratorException.class)
                .message()
                .startsWith(FILE + ": ")
                .doesNotContain("\n")
                .contains(parts);
    }

    @Test
    void everyBoardOfTheProgramCanBeRead() {
        List<Board> boards = Boards.all();
        assertThat(boards).extracting(Board::id).contains(
                "pynq-z1", "pynq-z2", "arty-a7-35", "arty-a7-100", "basys3", "zybo-z7-10", "zybo-z7-20", "kv260",
                "ultra96-v2", "de10-nano", "ulx3s-85f", "orangecrab", "icebreaker", "ice40-hx8k-evn", "tang-nano-9k",
                "tang-nano-20k").isSorted();
        assertThat(boards).extracting(Board::family).contains(Family.values());
        assertThat(boards).allSatisfy(board -> {
            assertThat(board.capacity().lut()).isPositive();
            assertThat(board.clock().pin().isPresent()).isEqualTo(board.family() != Family.ULTRASCALE_PLUS);
        });
    }

    @Test
    void isFoundHoweverItsNameIsSpelled() {
        assertThat(Boards.find("PYNQ Z1")).isEqualTo(Boards.find("pynq-z1"));
        assertThat(Boards.find("pynq-z1").capacity()).isEqualTo(new Resources(53200, 106400, 280, 220, 0));
        assertThatThrownBy(() -> Boards.find("pynq"))
                .isInstanceOf(AcceleratorException.class)
                .hasMessageContaining("board 'pynq' is not known; known are arty-a7-100, ");
    }

    @Test
    void readsAFile() {
        Board board = read(YAML);
        assertThat(board.capacity()).isEqualTo(new Resources(20800, 41600, 100, 90, 0));
        assertThat(board.clock()).isEqualTo(new Board.Clock(100, Optional.of("W5")));
        assertThat(read(YAML.replace("  pin: \"W5\"", "  from: processor")).clock().pin()).isEmpty();
    }

    @Test
    void refusesWhatIsWrongWithOneMessageThatNamesFileKeyAndRemedy() {
        assertRefused("name: Basys 3", "nam: Basys 3", "nam is not known here; known are name, part");
        assertRefused("part: xc7a35tcpg236-1\n", "", "part is missing; add it");
        assertRefused("  dsp: 90\n", "", "resources.dsp is missing");
        assertRefused("dsp: 90", "dsp: -1", "resources.dsp is a whole number from 0");
        assertRefused("lut: 20800", "lut: many", "resources.lut is a whole number");
        assertRefused("lut: 20800", "lut: 1e9", "resources.lut is a whole number");
        assertRefused("family: XILINX7", "family: xilinx8", "family is one of xilinx7, ", "'xilinx8'");
        assertRefused("kind: 18 Kb", "kind: 36 Kb", "resources.bram.kind is 18 Kb for XILINX7");
        assertRefused("mhz: 100", "mhz: .nan", "clock.mhz is a number up to 1000");
        assertRefused("pin: \"W5\"", "pin: 5", "clock.pin is text");
        assertRefused("pin: \"W5\"", "", "clock.pin is there, or 'from: processor'");
        assertRefused("name: Basys 3", "name: Basys 3\nname: Basys 4", "not well-formed YAML");
        assertRefused("part: xc", "part: &a [*a, *a]\nx: xc", "");
        assertRefused("clock:\n", "clock: 5\nx:\n", "x is not known");
        assertThatThrownBy(() -> read("- 1")).message().contains("the file holds names and values");
        assertThatThrownBy(() -> read("")).message().contains("the file holds names and values");
        assertThatThrownBy(() -> read("\u0000")).isInstanceOf(AcceleratorException.class);
    }

    @Test
    void whatDoesNotFitNamesTheResourceAndTheLayer() {
        Board board = read(YAML);
        Fit.Part small = new Fit.Part("fc0", new Resources(1000, 0, 10, 0, 3));
        Fit.Part large = new Fit.Part("fc1", new Resources(20000, 0, 95, 0, 3));
        assertThat(Fit.of(board, List.of(small)).fits()).isTrue();
        Fit fit = Fit.of(board, List.of(small, large));
        assertThat(fit.total()).isEqualTo(new Resources(21000, 0, 105, 0, 3));
        assertThat(fit.message()).isEqualTo("it does not fit Basys 3 (xc7a35tcpg236-1): 105 block memories are needed, 5 more"
                + " than the 100 there are; layer fc1 alone takes 95");
    }
}
