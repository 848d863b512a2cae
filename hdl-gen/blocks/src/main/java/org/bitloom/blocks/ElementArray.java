package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Labelled;

/**
 * Processing elements side by side: they share the activations and differ in the row. A large array is one of equal
 * smaller arrays, so that its Verilog stays as short as that of a small one. Ports as of {@link ProcessingElement}; what
 * each element has of its own lies side by side, the first element's lowest.
 */
final class ElementArray extends Component {
    /** Up to here an array holds its elements itself. */
    private static final int FLAT = 16;

    record Config(int elements, ProcessingElement.Config element) implements Labelled {
        @Override
        public String label() {
            return "p" + elements + "_" + element.label();
        }

        /** How many equal parts the array has: elements, or smaller arrays as near to a square as they divide it. */
        private int parts() {
            if (elements > FLAT) {
                for (int parts = (int) Math.sqrt(elements); parts > 1; parts--) {
                    if (elements % parts == 0) {
                        return parts;
                    }
                }
            }
            return elements;
        }
    }

    final List<Bool> keep;
    final Bool multiply = input(bool());
    final Bits weights;
    final Bits activations;
    final Bool accumulate = input(bool());
    final Bool first = input(bool());
    final Bits start;
    final List<Bits> thresholds;
    final List<Bool> count;
    final List<Bool> level;
    final Bits result;

    ElementArray(Config config) {
        ProcessingElement.Config each = config.element();
        int elements = config.elements();
        keep = flags("keep_", each.product().stages());
        weights = input(bits(elements * each.product().simd() * each.product().weights().bits()));
        activations = input(bits(each.product().simd() * each.product().activations().bits()));
        start = input(bits(elements * each.accumulatorBits()));
        thresholds = each.result() instanceof MatrixVectorUnit.Result.Levels levels
                ? List.of(input(bits(elements * levels.thresholds() * each.accumulatorBits())).named("thresholds"))
                : List.of();
        count = flags("count_", each.counting());
        level = thresholds.isEmpty() ? List.of() : List.of(input(bool()).named("level"));
        result = output(bits(elements * each.result().bits(each.accumulatorBits())));

        int parts = config.parts();
        List<Bits> results = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            results.add(parts == elements ? element(each, p, parts) : array(new Config(elements / parts, each), p, parts));
        }
        result.drive(Bits.concat(results.reversed()));
    }

    private Bits element(ProcessingElement.Config config, int index, int parts) {
        ProcessingElement pe = instance(ProcessingElement::new, config);
        connect(keep, pe.keep);
        pe.multiply.drive(multiply);
        pe.weights.drive(part(weights, index, parts));
        pe.activations.drive(activations);
        pe.accumulate.drive(accumulate);
        pe.first.drive(first);
        pe.start.drive(part(start, index, parts));
        for (Bits table : thresholds) {
            pe.thresholds.getFirst().drive(part(table, index, parts));
        }
        connect(count, pe.count);
        connect(level, pe.level);
        return pe.result;
    }

    private Bits array(Config config, int index, int parts) {
        ElementArray array = instance(ElementArray::new, config);
        connect(keep, array.keep);
        array.multiply.drive(multiply);
        array.weights.drive(part(weights, index, parts));
        array.activations.drive(activations);
        array.accumulate.drive(accumulate);
        array.first.drive(first);
        array.start.drive(part(start, index, parts));
        for (Bits table : thresholds) {
            array.thresholds.getFirst().drive(part(table, index, parts));
        }
        connect(count, array.count);
        connect(level, array.level);
        return array.result;
    }

    private static Bits part(Bits all, int index, int parts) {
        int width = all.width() / parts;
        return all.slice((index + 1) * width - 1, index * width);
    }

    private List<Bool> flags(String name, int flags) {
        return IntStream.range(0, flags)
                .mapToObj(i -> input(bool()).named(name + i))
                .toList();
    }

    private static void connect(List<Bool> flags, List<Bool> ports) {
        for (int i = 0; i < flags.size(); i++) {
            ports.get(i).drive(flags.get(i));
        }
    }
}
