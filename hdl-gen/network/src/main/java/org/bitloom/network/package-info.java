/**
 * The small types that everything about networks shares: shapes, value types, exact rationals, and the one exception
 * by which this module tells a user what is wrong with a file or a network and what to do about it.
 */
@NullMarked
package org.bitloom.network;

import org.jspecify.annotations.NullMarked;
