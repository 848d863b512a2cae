/**
 * Runs a generated design on a stream of words and records, cycle by cycle, what it accepts and what it gives.
 *
 * <p>One {@link org.bitloom.sim.Stimulus} means the same stimulus in every simulator: the same words, the same
 * stalls, the same garbage on an idle bus. So two simulators that disagree in a single cycle of their
 * {@link org.bitloom.sim.Trace}s have found an error. Verilator and Icarus are run as child processes on the emitted
 * Verilog; anything that can be clocked from Java is run by {@link org.bitloom.sim.StreamDriver}.
 */
@NullMarked
package org.bitloom.sim;

import org.jspecify.annotations.NullMarked;
