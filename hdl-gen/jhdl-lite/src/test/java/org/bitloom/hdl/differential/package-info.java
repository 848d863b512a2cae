/**
 * Random designs, each run with random stimulus through every simulation there is: interpreter, compiled simulator,
 * Icarus, Verilator and the netlist that Yosys makes. All must agree at every output in every cycle. What fails is
 * shrunk to a small design and printed with the line that reproduces it.
 */
@NullMarked
package org.bitloom.hdl.differential;

import org.jspecify.annotations.NullMarked;
