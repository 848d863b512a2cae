/**
 * Import of Caffe networks: a binary {@code .caffemodel}, in its newer or its older form, with or without the text of
 * the network ({@code .prototxt}), becomes a float {@link org.bitloom.network.model.Model}.
 */
@NullMarked
package org.bitloom.network.caffe;

import org.jspecify.annotations.NullMarked;
