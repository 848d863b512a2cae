/**
 * Where networks and hardware meet: an integer network and a folding become a pipeline of blocks, with FIFO depths, exact
 * cycles and a folder of Verilog. Data flows one way: {@code IntegerNetwork} → {@link org.bitloom.accelerator.Accelerator}
 * → {@link org.bitloom.accelerator.GeneratedDesign}.
 */
@NullMarked
package org.bitloom.accelerator;

import org.jspecify.annotations.NullMarked;
