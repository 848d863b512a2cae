/**
 * Boards as data: what {@code constraints/<board>/board.yaml} says of each, and whether hardware fits. Only names and
 * figures; no bit of a design depends on them unless its user names a board.
 */
@NullMarked
package org.bitloom.accelerator.board;

import org.jspecify.annotations.NullMarked;
