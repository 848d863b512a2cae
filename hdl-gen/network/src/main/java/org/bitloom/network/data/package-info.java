/** Readers of images and labels: IDX, PNG, npy, CIFAR-10 records and raw bytes; every size is checked before use. */
@NullMarked
package org.bitloom.network.data;

import org.jspecify.annotations.NullMarked;
