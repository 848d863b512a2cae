package org.bitloom.cli;

import java.util.List;

/**
 * A program that Bitloom starts but does not ship.
 *
 * @param name what people call it
 * @param probe the command that prints its version, or shows at least that it can be started
 * @param purpose what Bitloom uses it for
 * @param needed whether nothing works without it
 * @param debian its package in Debian and Ubuntu
 * @param fedora its package in Fedora
 * @param brew its Homebrew formula; empty when there is none
 */
record ExternalTool(
        String name,
        List<String> probe,
        String purpose,
        boolean needed,
        String debian,
        String fedora,
        String brew) {

    static final List<ExternalTool> ALL = List.of(
            new ExternalTool(
                    "Maven", List.of("mvn", "-v"), "builds and tests Bitloom", true, "maven", "maven", "maven"),
            new ExternalTool(
                    "Verilator",
                    List.of("verilator", "--version"),
                    "simulate --simulator verilator, lint; the tests",
                    false,
                    "verilator",
                    "verilator",
                    "verilator"),
            new ExternalTool(
                    "C++ compiler",
                    List.of("g++", "--version"),
                    "compiles Verilator's models",
                    false,
                    "g++",
                    "gcc-c++",
                    "gcc"),
            new ExternalTool(
                    "make", List.of("make", "--version"), "compiles Verilator's models", false, "make", "make", "make"),
            new ExternalTool(
                    "Icarus Verilog",
                    List.of("iverilog", "-V"),
                    "simulate --simulator icarus (four-state: finds X); the tests",
                    false,
                    "iverilog",
                    "iverilog",
                    "icarus-verilog"),
            new ExternalTool(
                    "Icarus runtime (vvp)",
                    List.of("vvp", "-V"),
                    "runs what Icarus Verilog compiled",
                    false,
                    "iverilog",
                    "iverilog",
                    "icarus-verilog"),
            new ExternalTool(
                    "Yosys",
                    List.of("yosys", "-V"),
                    "synthesis: LUT, flip-flop, memory and DSP counts; the tests",
                    false,
                    "yosys",
                    "yosys",
                    "yosys"),
            new ExternalTool(
                    "nextpnr-ice40",
                    List.of("nextpnr-ice40", "--version"),
                    "place and route for iCE40: clock rate",
                    false,
                    "nextpnr-ice40",
                    "nextpnr",
                    ""),
            new ExternalTool(
                    "IceStorm (icepack)",
                    List.of("icepack", "-h"),
                    "bitstreams for iCE40, packed and unpacked again",
                    false,
                    "fpga-icestorm",
                    "icestorm",
                    "icestorm"));
}
