/**
 * Hardware blocks. Each is a {@link org.bitloom.hdl.Component} with, beside it, the exact
 * {@link org.bitloom.hdl.stream.Timing} of its control. Blocks know shapes, widths and folding; they know nothing of networks.
 */
@NullMarked
package org.bitloom.blocks;

import org.jspecify.annotations.NullMarked;
