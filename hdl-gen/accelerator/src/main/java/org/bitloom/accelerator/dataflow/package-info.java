/**
 * An accelerator as a graph of blocks: stages, the streams between them and what a frame looks like on each, when each
 * word moves, and how deep the FIFOs must be.
 */
@NullMarked
package org.bitloom.accelerator.dataflow;

import org.jspecify.annotations.NullMarked;
