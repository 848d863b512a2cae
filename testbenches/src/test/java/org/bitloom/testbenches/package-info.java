/** Hardware as Verilog: what each simulator makes of it, and what the tools say to it. */
@NullMarked
package org.bitloom.testbenches;

import org.jspecify.annotations.NullMarked;
