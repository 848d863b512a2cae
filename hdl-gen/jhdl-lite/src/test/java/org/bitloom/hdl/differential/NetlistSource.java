package org.bitloom.hdl.differential;

/** Designs made node by node; the interpreter says what shall come out. */
final class NetlistSource implements Differential.Source {
    private static final int CYCLES = 60;

    @Override
    public String name() {
        return "netlist";
    }

    @Override
    public Trial trial(Choices choices, Profile profile, String top, long seed) {
        return Trial.of(RandomDesign.generate(choices, profile, top), seed, CYCLES);
    }
}
