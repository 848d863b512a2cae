package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Adds to each element of a frame a number of its own, as where a mean image is subtracted. One word a cycle, two cycles
 * of latency: a word's offsets are read, then added. Ready depends on the other side's ready.
 */
public final class OffsetUnit extends Block {
    /**
     * @param input      format of a lane
     * @param words      of a frame
     * @param offsetBits bits of an offset, which is signed
     * @param outputBits bits of a sum, which is modulo 2^outputBits
     */
    public record Config(Format input, int lanes, int words, int offsetBits, int outputBits) implements BlockConfig {
        public Config {
            if (lanes < 1 || words < 1 || offsetBits < 1 || offsetBits > 64 || outputBits < 1) {
                throw new IllegalArgumentException("lanes, words and bits are positive, and offsets have at most 64 bits: "
                        + lanes + ", " + words + ", " + offsetBits + ", " + outputBits);
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_w" + words + "_" + input;
        }

        /** Bits of a word of the memory. */
        public int tableBits() {
            return lanes * offsetBits;
        }

        /** The memory: of each element in the order of the stream its offset; elements beyond the last have zeros. */
        public MemoryContents table(long[] offsets) {
            List<BitVector> contents = new ArrayList<>();
            for (int word = 0; word < words; word++) {
                Packer packer = new Packer();
                for (int element = word * lanes; element < (word + 1) * lanes; element++) {
                    packer.add(element < offsets.length ? offsets[element] : 0, offsetBits);
                }
                contents.add(packer.vector());
            }
            return MemoryContents.of(tableBits(), contents);
        }

        @Override
        public StreamTiming timing() {
            return new ElasticTiming(2);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            Fabric fabric = Fabric.of(family);
            boolean block = fabric.isBlockRom(Fabric.tableStyle(words), tableBits(), words);
            int address = fabric.depth(Fabric.addressBits(words));
            return List.of(
                    LogicPath.of("input", 0, 0).fromTheInput(),
                    LogicPath.of("control", 2, 0),
                    counting(fabric, words),
                    LogicPath.of("offsets", block ? 0 : address, 0),
                    LogicPath.of("sum", 1, outputBits).outOfMemory(block));
        }

        @Override
        public Resources cost(Family family) {
            return cost(family, RomColumns.random(tableBits(), words));
        }

        /** What it takes of a device with given offsets. */
        public Resources cost(Family family, MemoryContents table) {
            return cost(family, RomColumns.of(table));
        }

        private Resources cost(Family family, RomColumns columns) {
            Fabric fabric = Fabric.of(family);
            // A carry chain beside the LUTs takes the offset's upper bits as they are.
            boolean passes = fabric.hasChoosingAdders() && !(input instanceof Format.Signed);
            int sum = passes ? Math.min(input.bits(), outputBits) : outputBits;
            return new Resources(lanes * sum + 2, lanes * (input.bits() + outputBits) + 2, 0, 0, 2)
                    .plus(fabric.rom(columns, Fabric.tableStyle(words), true))
                    .plus(fabric.counter(words));
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    /** For each word of a frame the offsets of its lanes, see {@link Config#table}. */
    public final Rom<Bits> offsets;

    public OffsetUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.input().bits())));
        out = master(stream(bits(config.lanes() * config.outputBits())));
        List<Bool> moves = stages(in, out, 2);
        UInt place = counter(config.words());
        when(in.fire(), () -> advance(place, config.words()));
        offsets = rom(bits(config.tableBits()), config.words()).style(Fabric.tableStyle(config.words()));
        List<Bits> summands = offsets.read(place, moves.getFirst()).split(config.offsetBits());
        Bits word = register(in.data().type());
        when(moves.getFirst(), () -> word.next(in.data()));

        List<Bits> numbers = word.split(config.input().bits());
        List<Bits> sums = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt number = number(config.input(), numbers.get(lane));
            sums.add(resized(number.plus(summands.get(lane).asSInt()), config.outputBits()).asBits());
        }
        Bits result = register(bits(config.lanes() * config.outputBits()));
        when(moves.getLast(), () -> result.next(Bits.concat(sums.reversed())));
        out.data().drive(result);
    }
}
