package org.bitloom.hdl.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.junit.jupiter.api.Test;

/** Designs that Verilator got wrong, or refused, until Bitloom worked round it. */
class VerilatorLegTest {
    /** Seed 406 of the random components, shrunk. */
    static final class ShiftByCount extends Component {
        final Bits bits;
        final UInt result;

        ShiftByCount(Integer inBits) {
            bits = input(bits(inBits));
            result = output(uint(2));
            UInt number = bits.asUInt();
            UInt picked = number.extend(31).shr(number.low(3)).low(2).extend(3);
            UInt ones = bits.padded(22).popCount();
            result.drive(picked.shr(ones.extend(31)).low(2));
        }
    }

    /** Seed 417, shrunk. */
    static final class ShiftByMuch extends Component {
        final Bits bits;
        final SInt result;

        ShiftByMuch(Integer inBits) {
            bits = input(bits(inBits));
            result = output(sint(inBits));
            result.drive(bits.asSInt().shr(lit(0x23033b0ca389c35aL)));
        }
    }

    @Test
    void whatWasWrongOrRefusedIsRight() {
        VerilatorLeg verilator = new VerilatorLeg(Path.of("target", "verilator-runtime"));
        if (verilator.missing().isPresent()) {
            System.out.println("NOT RUN: verilator, because " + verilator.missing().get());
            return;
        }
        Trial count = Trial.of(Elaborator.elaborate("count", ShiftByCount::new, 6), 406, 200);
        Trial much = Trial.of(Elaborator.elaborate("much", ShiftByMuch::new, 20), 417, 20);
        assertThat(verilator.run(List.of(count, much))).isEmpty();
    }
}
