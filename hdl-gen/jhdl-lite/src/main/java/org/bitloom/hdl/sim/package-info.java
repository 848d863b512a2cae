/** Runs a {@link org.bitloom.hdl.ir.Design}: an interpreter that is obviously right and a compiler that is fast. */
@NullMarked
package org.bitloom.hdl.sim;

import org.jspecify.annotations.NullMarked;
