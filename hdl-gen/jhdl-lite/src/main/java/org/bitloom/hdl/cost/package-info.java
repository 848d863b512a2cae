/**
 * What hardware takes of a device, before any synthesis: {@link org.bitloom.hdl.cost.Resources}, and the costs of the
 * parts that blocks are made of. A block adds them up beside its hardware; the sums are calibrated against Yosys.
 */
@NullMarked
package org.bitloom.hdl.cost;

import org.jspecify.annotations.NullMarked;
