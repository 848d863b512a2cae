/**
 * jhdl-lite: a small hardware construction language. Running the constructor of a {@link org.bitloom.hdl.Component}
 * builds a netlist; {@link org.bitloom.hdl.Elaborator} starts it and reports every mistake at once.
 */
@NullMarked
package org.bitloom.hdl;

import org.jspecify.annotations.NullMarked;
