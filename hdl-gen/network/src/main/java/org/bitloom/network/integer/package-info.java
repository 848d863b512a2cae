/**
 * A network of exact integers: its layers, the plain interpreter that says what it computes (the golden model), its
 * file format, and the reader of published BNN-PYNQ parameter folders. Nothing here knows of floats or of hardware.
 */
@NullMarked
package org.bitloom.network.integer;

import org.jspecify.annotations.NullMarked;
