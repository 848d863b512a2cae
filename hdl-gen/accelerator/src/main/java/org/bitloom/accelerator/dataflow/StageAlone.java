package org.bitloom.accelerator.dataflow;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.stream.StreamPort;

/** One stage of a dataflow, with its streams as ports: what its synthesis gives can be held against its cost. */
public final class StageAlone extends StageComponent {
    record Config(Node node, List<Integer> inputBits) {
        @Override
        public String toString() {
            return node.stage().name();
        }
    }

    StageAlone(Config config) {
        List<StreamPort<Bits>> inputs = new ArrayList<>();
        for (int i = 0; i < config.inputBits().size(); i++) {
            inputs.add(slave(stream(bits(config.inputBits().get(i))), "in" + i));
        }
        List<StreamPort<Bits>> outputs = append(config.node().stage(), inputs);
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).into(master(stream(bits(outputs.get(i).shape().width())), "out" + i));
        }
    }

    /** A design of one stage alone, by its place; its streams are {@code in0}, … and {@code out0}, …. */
    public static Design design(Dataflow dataflow, int place) {
        Node node = dataflow.nodes().get(place);
        List<Integer> inputBits = node.inputs().stream()
                .map(port -> dataflow.format(port).wordBits())
                .toList();
        return Elaborator.elaborate("stage", StageAlone::new, new Config(node, inputBits));
    }
}
