/**
 * Hardware blocks. Each concept has a folder-mate for its hardware (a {@link org.bitloom.hdl.Component}) and for its
 * {@link org.bitloom.hdl.stream.Timing}. Blocks know shapes, widths and folding; they know nothing of networks.
 */
@NullMarked
package org.bitloom.blocks;

import org.jspecify.annotations.NullMarked;
