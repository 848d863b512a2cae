package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;

/**
 * A port of an instance in the top module, as it stands in the Verilog: with the bits that are needed somewhere, bit
 * {@code low} of the design being bit 0 in the text. Ports that nobody needs are not there.
 *
 * @param instance name of the instance in the design
 * @param emitted  its name in the text
 * @param port     the port's name, the same in both
 * @param high     the highest bit of the design's port that is there
 * @param low      the lowest
 */
public record EmittedPort(String instance, String emitted, String port, int high, int low) {
    public int width() {
        return high - low + 1;
    }

    /** All of them, for whoever reads values out of the Verilog that {@link VerilogWriter#write} makes of a design. */
    public static List<EmittedPort> ofTop(Design design, Family family) {
        Narrow narrow = Narrow.with(design, new CountModules(design, family));
        Design made = narrow.design(design);
        Netlist old = design.top().module();
        NarrowModule top = narrow.module(old);
        ModuleWriter writer =
                new ModuleWriter(top.netlist(), new Images(made), new Clocking(design, made), family);
        List<EmittedPort> ports = new ArrayList<>();
        for (int i = 0; i < old.instances().size(); i++) {
            InstanceDefinition instance = old.instances().get(i);
            if (top.instance(i) >= 0) {
                String emitted = writer.instanceName(top.instance(i));
                narrow.module(instance.module()).ports((port, high, low) ->
                        ports.add(new EmittedPort(instance.name(), emitted, port, high, low)));
            }
        }
        return List.copyOf(ports);
    }
}
