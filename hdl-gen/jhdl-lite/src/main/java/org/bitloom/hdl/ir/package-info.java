/**
 * The netlist behind jhdl-lite: pure dataflow, one driver a signal, no control flow. A {@link org.bitloom.hdl.ir.Netlist}
 * is one elaborated module, a {@link org.bitloom.hdl.ir.Design} a tree of their occurrences. Writer, simulators and
 * checks are functions over these.
 */
@NullMarked
package org.bitloom.hdl.ir;

import org.jspecify.annotations.NullMarked;
