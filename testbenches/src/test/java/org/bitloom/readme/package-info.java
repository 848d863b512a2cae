/** The examples of the README, which are compiled, written as Verilog, simulated, and compared with what it shows. */
@NullMarked
package org.bitloom.readme;

import org.jspecify.annotations.NullMarked;
