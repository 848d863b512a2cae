package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;

/**
 * Writes a design as Verilog for one device family. The same design gives the same bytes.
 */
public final class VerilogWriter {
    private VerilogWriter() {}

    public static VerilogFiles write(Design design, Family family) {
        Design narrow = Narrow.of(design, new CountModules(design, family));
        Images images = new Images(narrow);
        Clocking clocking = new Clocking(design, narrow);
        Map<String, String> files = new LinkedHashMap<>();
        List<String> sources = new ArrayList<>();
        for (Netlist module : narrow.modules()) {
            if (!new Names().take(module.name()).equals(module.name())) {
                throw new IllegalArgumentException(
                        "module " + module.name() + " is called like a keyword or is no identifier; rename it");
            }
            String file = module.name() + ".v";
            if (files.put(file, new ModuleWriter(module, images, clocking, family).write()) != null) {
                throw new IllegalArgumentException("two modules are called " + module.name() + "; rename one");
            }
            sources.add(file);
        }
        images.files().forEach((name, contents) -> files.put(name, contents.toHexLines()));
        return new VerilogFiles(design.name(), sources, files);
    }
}
