package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.Occurrence;

/**
 * The XNOR-popcount matrix-vector unit of the comparison with other simulators: SIMD lanes in each of PE elements, K
 * inputs, N outputs, one vector after the other with valid and ready, five stages. Inputs of the top: x_valid, x,
 * y_ready; outputs: x_ready, y_valid, y.
 */
record XnorUnit(int simd, int pes, int k, int n) {
    static final int X_VALID = 0;
    static final int X = 1;
    static final int Y_READY = 2;
    static final int X_READY = 0;
    static final int Y_VALID = 1;
    static final int Y = 2;

    static long mix(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private int synapseFold() {
        return k / simd;
    }

    private int neuronFold() {
        return n / pes;
    }

    private static int bitsFor(int count) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(count - 1));
    }

    private int sumBits() {
        return bitsFor(k + 1);
    }

    Design design() {
        Netlist pe = element();
        List<Occurrence> children = new ArrayList<>();
        for (int p = 0; p < pes; p++) {
            children.add(new Occurrence(
                    pe, List.of(), List.of(Optional.of(weights(p)), Optional.of(thresholds(p)))));
        }
        return new Design(new Occurrence(top(pe), children, List.of(Optional.empty())));
    }

    private MemoryContents weights(int p) {
        List<BitVector> words = new ArrayList<>();
        for (int address = 0; address < synapseFold() * neuronFold(); address++) {
            long[] limbs = new long[BitVector.limbCount(simd)];
            for (int i = 0; i < limbs.length; i++) {
                limbs[i] = mix(((long) p * 4096 + address << 8) + i);
            }
            words.add(BitVector.of(simd, limbs));
        }
        return MemoryContents.of(simd, words);
    }

    private MemoryContents thresholds(int p) {
        List<BitVector> words = new ArrayList<>();
        for (int f = 0; f < neuronFold(); f++) {
            long random = Long.remainderUnsigned(mix((1L << 40) + (long) p * 4096 + f), k / 32);
            words.add(BitVector.of(sumBits(), k / 2 - k / 64 + random));
        }
        return MemoryContents.of(sumBits(), words);
    }

    private Netlist element() {
        NetlistBuilder b = new NetlistBuilder();
        int go = b.input("go", 1);
        int address = b.input("address", bitsFor(synapseFold() * neuronFold()));
        int x = b.input("x", simd);
        int v3 = b.input("v3", 1);
        int first3 = b.input("first3", 1);
        int v4 = b.input("v4", 1);
        int fold3 = b.input("fold3", bitsFor(neuronFold()));
        int weights = b.memory(
                "weights", simd, synapseFold() * neuronFold(), MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                Optional.empty(), true);
        int weight = b.memoryRead(weights);
        b.defineRead(weight, address, true, go);
        int thresholds = b.memory(
                "thresholds", sumBits(), neuronFold(), MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                Optional.empty(), true);
        int threshold = b.memoryRead(thresholds);
        b.defineRead(threshold, fold3, true, go);
        int ones = b.popCount(b.bitwise(BitOperator.XNOR, weight, x));
        int count2 = register(b, "count2", b.width(ones), ones, go);
        int count3 = register(b, "count3", b.width(ones), count2, go);
        int sum = b.register(sumBits());
        int wide = b.extend(false, count3, sumBits());
        b.defineRegister(
                sum, "sum", b.mux(first3, wide, b.add(sum, wide)), b.bitwise(BitOperator.AND, go, v3),
                Optional.empty());
        int passes = b.not(b.less(false, sum, threshold));
        b.output("y", register(b, "y", 1, passes, b.bitwise(BitOperator.AND, go, v4)));
        return b.build("Element", "", "");
    }

    private static int register(NetlistBuilder b, String name, int width, int next, int enable) {
        int register = b.register(width);
        b.defineRegister(register, name, next, enable, Optional.empty());
        return register;
    }

    private Netlist top(Netlist pe) {
        NetlistBuilder b = new NetlistBuilder();
        int xValid = b.input("x_valid", 1);
        int x = b.input("x", simd);
        int yReady = b.input("y_ready", 1);
        Optional<BitVector> zero = Optional.of(BitVector.zero(1));
        int[] v = new int[6];
        for (int i = 1; i < 6; i++) {
            v[i] = b.register(1);
        }
        int go = b.bitwise(BitOperator.OR, b.not(v[5]), yReady);
        int synapseBits = bitsFor(synapseFold());
        int neuronBits = bitsFor(neuronFold());
        int addressBits = bitsFor(synapseFold() * neuronFold());
        int synapse = b.register(synapseBits);
        int neuron = b.register(neuronBits);
        int address = b.register(addressBits);
        int load = b.equal(neuron, b.constant(BitVector.zero(neuronBits)));
        int v0 = b.bitwise(BitOperator.OR, b.not(load), xValid);
        int first0 = b.equal(synapse, b.constant(BitVector.zero(synapseBits)));
        int last0 = b.equal(synapse, b.constant(BitVector.of(synapseBits, synapseFold() - 1)));
        int lastNeuron = b.equal(neuron, b.constant(BitVector.of(neuronBits, neuronFold() - 1)));
        int ready = b.bitwise(BitOperator.AND, go, load);
        int buffer = b.memory(
                "buffer", simd, synapseFold(), MemoryStyle.AUTOMATIC, Collision.READ_OLD, Optional.empty(), false);
        b.memoryWrite(buffer, synapse, x, b.bitwise(BitOperator.AND, ready, xValid));
        int kept = b.memoryRead(buffer);
        b.defineRead(kept, synapse, true, go);
        int taken = register(b, "taken", simd, x, go);
        int load1 = register(b, "load1", 1, load, go);
        int x1 = b.mux(load1, taken, kept);
        int first2 = register(b, "first2", 1, register(b, "first1", 1, first0, go), go);
        int first3 = register(b, "first3", 1, first2, go);
        int last3 = register(
                b, "last3", 1, register(b, "last2", 1, register(b, "last1", 1, last0, go), go), go);
        int fold3 = register(
                b, "fold3", neuronBits,
                register(b, "fold2", neuronBits, register(b, "fold1", neuronBits, neuron, go), go), go);
        int step = b.bitwise(BitOperator.AND, go, v0);
        define(b, synapse, "synapse", wrap(b, synapse, last0), step);
        define(b, address, "address", wrap(b, address, b.bitwise(BitOperator.AND, last0, lastNeuron)), step);
        define(b, neuron, "neuron", wrap(b, neuron, lastNeuron), b.bitwise(BitOperator.AND, step, last0));
        int[] next = {0, v0, v[1], v[2], b.bitwise(BitOperator.AND, v[3], last3), v[4]};
        for (int i = 1; i < 6; i++) {
            b.defineRegister(v[i], "v" + i, next[i], go, zero);
        }
        List<Integer> results = new ArrayList<>();
        for (int p = 0; p < pes; p++) {
            int instance = b.instance();
            results.addFirst(b.instanceOutput(instance, 0, 1));
            b.defineInstance(instance, "pe" + p, pe, List.of(go, address, x1, v[3], first3, v[4], fold3));
        }
        b.output("x_ready", ready);
        b.output("y_valid", v[5]);
        b.output("y", b.concat(results));
        return b.build("XnorUnit", "", "");
    }

    private static int wrap(NetlistBuilder b, int counter, int atEnd) {
        int width = b.width(counter);
        return b.mux(
                atEnd, b.constant(BitVector.zero(width)), b.add(counter, b.constant(BitVector.of(width, 1L))));
    }

    private static void define(NetlistBuilder b, int register, String name, int next, int enable) {
        b.defineRegister(register, name, next, enable, Optional.of(BitVector.zero(b.width(register))));
    }
}
