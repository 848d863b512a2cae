package org.bitloom.hdl.verilog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Verilog of one design.
 *
 * @param top     name of the top module
 * @param sources names of the source files, modules before those that instantiate them
 * @param files   text of all files by name: the sources, then the memory images
 */
public record VerilogFiles(String top, List<String> sources, Map<String, String> files) {
    public VerilogFiles {
        sources = List.copyOf(sources);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** The names of the {@code $readmemh} files. */
    public List<String> images() {
        return files.keySet().stream().filter(name -> !sources.contains(name)).toList();
    }

    /**
     * Writes all files into a folder, which is made where it is missing. Each file appears whole or not at all, and none
     * does before all could be written.
     */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path part = folder.resolve(file.getKey() + ".part");
                written.add(part);
                Files.write(part, file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (String name : files.keySet()) {
                Files.move(folder.resolve(name + ".part"), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            for (Path part : written) {
                Files.deleteIfExists(part);
            }
        }
    }
}
