package org.bitloom.accelerator.dataflow;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamPort;

/** A whole accelerator: the stages of a dataflow, between an input stream and an output stream. */
public final class Pipeline extends StageComponent {
    /** @param description one line on what it computes, for the head of the module */
    public record Config(String description, Dataflow dataflow) {
        @Override
        public String toString() {
            return description;
        }
    }

    final StreamIn<Bits> in;
    final StreamOut<Bits> out;

    public Pipeline(Config config) {
        Dataflow dataflow = config.dataflow();
        in = slave(stream(bits(dataflow.input().wordBits())));
        out = master(stream(bits(dataflow.output().wordBits())));
        Map<Port, StreamPort<Bits>> streams = new HashMap<>();
        streams.put(Port.INPUT, in);
        StreamPort<Bits> last = in;
        for (int i = 0; i < dataflow.nodes().size(); i++) {
            Node node = dataflow.nodes().get(i);
            List<StreamPort<Bits>> inputs = node.inputs().stream().map(streams::remove).toList();
            List<StreamPort<Bits>> outputs = append(node.stage(), inputs);
            for (int output = 0; output < outputs.size(); output++) {
                streams.put(new Port(i, output), outputs.get(output));
            }
            last = outputs.getFirst();
        }
        last.into(out);
    }
}
