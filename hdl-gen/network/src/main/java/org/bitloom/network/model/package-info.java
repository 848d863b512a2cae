/**
 * The float model: a graph of sealed operators over tensors of known shape, with constants folded, as an importer has
 * read it; and its evaluation in float32 exactly as written.
 */
@NullMarked
package org.bitloom.network.model;

import org.jspecify.annotations.NullMarked;
