package org.bitloom.cli.bench;

import org.bitloom.blocks.Depth;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.Multiplier;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;

/** Our matrix-vector unit behind the port names that the other HDLs' units have; weights in LUTs. */
public final class Mvu extends Component {
    private Mvu(UnitShape shape) {
        Bool xValid = input(bool()).named("x_valid");
        Bool xReady = output(bool()).named("x_ready");
        Bits xPayload = input(bits(shape.simd())).named("x_payload");
        Bool yValid = output(bool()).named("y_valid");
        Bool yReady = input(bool()).named("y_ready");
        Bits yPayload = output(bits(shape.pe())).named("y_payload");

        MatrixVectorUnit unit = instance(MatrixVectorUnit::new, config(shape));
        fill(unit, shape);
        unit.in.valid().drive(xValid);
        xReady.drive(unit.in.ready());
        unit.in.data().drive(xPayload);
        yValid.drive(unit.out.valid());
        unit.out.ready().drive(yReady);
        yPayload.drive(unit.out.data());
    }

    /** The unit under the ports of the comparison. */
    public static Design design(UnitShape shape) {
        return Elaborator.elaborate("Mvu", Mvu::new, shape);
    }

    /** The unit alone, with its streams {@code in} and {@code out}. */
    public static Design streamed(UnitShape shape) {
        return Elaborator.elaborate("mvu", () -> {
            MatrixVectorUnit unit = new MatrixVectorUnit(config(shape));
            fill(unit, shape);
            return unit;
        });
    }

    private static MatrixVectorUnit.Config config(UnitShape shape) {
        return new MatrixVectorUnit.Config(
                new Format.Bipolar(),
                new Format.Bipolar(),
                shape.pe(),
                shape.simd(),
                shape.neuronFolds(),
                shape.synapseFolds(),
                new UnitContents(shape).accumulatorBits(),
                false,
                new MatrixVectorUnit.Result.Sign(),
                MemoryStyle.DISTRIBUTED,
                Multiplier.DSP,
                Depth.LEAST);
    }

    private static void fill(MatrixVectorUnit unit, UnitShape shape) {
        UnitContents contents = new UnitContents(shape);
        unit.weights.contents(contents.weights());
        unit.starts.contents(contents.starts());
    }
}
