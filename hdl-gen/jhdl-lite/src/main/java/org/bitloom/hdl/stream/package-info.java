/**
 * Streams: the only way that blocks meet. A word moves from master to slave at each clock edge at which both valid and
 * ready hold. Valid never waits for ready; once raised it stays, with its word, until the word is taken.
 */
@NullMarked
package org.bitloom.hdl.stream;

import org.jspecify.annotations.NullMarked;
