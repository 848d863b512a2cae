/** Whole networks, from their file to the Verilog in every simulator. */
@NullMarked
package org.bitloom.endtoend;

import org.jspecify.annotations.NullMarked;
