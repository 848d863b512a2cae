package org.bitloom.network.onnx;

import java.util.List;

/** A named constant of a node. One record a kind; what Bitloom never reads (graphs, sparse tensors) is {@link Other}. */
public sealed interface OnnxAttribute {
    String name();

    record FloatValue(String name, float value) implements OnnxAttribute {
    }

    record IntValue(String name, long value) implements OnnxAttribute {
    }

    record StringValue(String name, String value) implements OnnxAttribute {
    }

    record TensorValue(String name, OnnxTensor value) implements OnnxAttribute {
    }

    record FloatList(String name, List<Float> values) implements OnnxAttribute {
        public FloatList {
            values = List.copyOf(values);
        }
    }

    record IntList(String name, List<Long> values) implements OnnxAttribute {
        public IntList {
            values = List.copyOf(values);
        }
    }

    record StringList(String name, List<String> values) implements OnnxAttribute {
        public StringList {
            values = List.copyOf(values);
        }
    }

    /** Present in the file, contents skipped. {@code kind} says what it was, for example {@code graph}. */
    record Other(String name, String kind) implements OnnxAttribute {
    }

    static OnnxAttribute of(String name, float value) {
        return new FloatValue(name, value);
    }

    static OnnxAttribute of(String name, long value) {
        return new IntValue(name, value);
    }

    static OnnxAttribute of(String name, String value) {
        return new StringValue(name, value);
    }

    static OnnxAttribute of(String name, OnnxTensor value) {
        return new TensorValue(name, value);
    }

    static OnnxAttribute ints(String name, List<Long> values) {
        return new IntList(name, values);
    }
}
