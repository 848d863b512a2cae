/** Protobuf's wire format, read from files that nobody vouches for: every byte taken is accounted for beforehand. */
@NullMarked
package org.bitloom.network.protobuf;

import org.jspecify.annotations.NullMarked;
