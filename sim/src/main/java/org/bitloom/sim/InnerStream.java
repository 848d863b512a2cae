package org.bitloom.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.verilog.EmittedPort;

/**
 * A stream that an instance in the top module gives, as far as it is there in the Verilog.
 *
 * @param instance name of the instance in the design
 * @param emitted  its name in the Verilog
 * @param port     the common prefix of the ports' names
 * @param hasReady whether there is a ready; without it each valid word moves
 * @param high     the highest bit of the data that is there
 * @param low      the lowest
 */
public record InnerStream(String instance, String emitted, StreamPort port, boolean hasReady, int high, int low) {
    /** The stream of this name, or nothing where it has no valid or no data in the Verilog. */
    static Optional<InnerStream> find(List<EmittedPort> ports, String instance, String name) {
        Map<String, EmittedPort> own = new HashMap<>();
        ports.stream().filter(port -> port.instance().equals(instance)).forEach(port -> own.put(port.port(), port));
        EmittedPort data = own.get(name + "_data");
        if (data == null || !own.containsKey(name + "_valid")) {
            return Optional.empty();
        }
        StreamPort port = new StreamPort(name, data.width(), 1);
        return Optional.of(new InnerStream(
                instance, data.emitted(), port, own.containsKey(port.ready()), data.high(), data.low()));
    }

    /** Width of the data that is there. */
    int bits() {
        return high - low + 1;
    }
}
