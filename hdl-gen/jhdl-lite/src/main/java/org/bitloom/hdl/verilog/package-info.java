/**
 * Writes a {@link org.bitloom.hdl.ir.Design} as Verilog (IEEE 1364-2001) that every tool takes and infers well, and that
 * reads as if an engineer had written it. The way: {@link org.bitloom.hdl.verilog.Narrow} removes what nobody uses and
 * lowers for one device {@link org.bitloom.hdl.verilog.Family}, then each module becomes one file.
 */
@NullMarked
package org.bitloom.hdl.verilog;

import org.jspecify.annotations.NullMarked;
