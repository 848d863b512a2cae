package org.bitloom.sim;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The small designs of these tests, and words for them. */
final class TestDesigns {
    private TestDesigns() {}

    static Path folder() {
        try {
            return Path.of(TestDesigns.class.getResource("rtl").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A design with streams x and y, one module in one file. */
    static RtlDesign design(String top, int inputBits, int inputWords, int outputBits, int outputWords) {
        return new RtlDesign(folder(), top, List.of(top + ".v"), new StreamPort("x", inputBits, inputWords),
                new StreamPort("y", outputBits, outputWords));
    }

    static RtlDesign skidAdder() {
        return design("skid_adder", 16, 8, 9, 8);
    }

    static RtlDesign romLookup() {
        return design("rom_lookup", 4, 5, 8, 5);
    }

    static RtlDesign wideRotate() {
        return design("wide_rotate", 200, 3, 200, 3);
    }

    static RtlDesign frameSum() {
        return design("frame_sum", 8, 4, 8, 2);
    }

    /** One of the designs with bytes on both streams and four words a frame. */
    static RtlDesign bytes(String top) {
        return design(top, 8, 4, 8, 4);
    }

    /** A register of any width with ready and valid, written into a folder. */
    static RtlDesign slice(Path folder, int bits) throws IOException {
        String top = "slice" + bits;
        String range = bits == 1 ? "" : "[" + (bits - 1) + ":0] ";
        Files.writeString(folder.resolve(top + ".v"), """
                `default_nettype none
                module %s (
                  input wire clk, input wire reset,
                  input wire samples_in_valid, output wire samples_in_ready, input wire %ssamples_in_data,
                  output wire m_valid, input wire m_ready, output wire %sm_data
                );
                  reg full;
                  reg %sword;
                  assign samples_in_ready = !full || m_ready;
                  assign m_valid = full;
                  assign m_data = word;
                  always @(posedge clk) begin
                    if (samples_in_ready) word <= samples_in_data;
                    if (reset) full <= 1'b0;
                    else if (samples_in_ready) full <= samples_in_valid;
                  end
                endmodule
                `default_nettype wire
                """.formatted(top, range, range, range));
        return new RtlDesign(folder, top, List.of(top + ".v"), new StreamPort("samples_in", bits, 3),
                new StreamPort("m", bits, 3));
    }

    static Stimulus stimulus(RtlDesign design, int frames, double stall) {
        int bits = design.input().bits();
        long[] limbs = new Random(42).longs((long) frames * design.input().wordsPerFrame() * WordStream.limbsFor(bits))
                .toArray();
        for (int i = WordStream.limbsFor(bits) - 1; i < limbs.length; i += WordStream.limbsFor(bits)) {
            limbs[i] &= WordStream.topMask(bits);
        }
        return new Stimulus(new WordStream(bits, limbs), frames, stall, 7, 50, null);
    }
}
