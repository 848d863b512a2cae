package org.bitloom.hdl;

/** A configuration that says in a few characters what tells its module from others, for the module's name. */
public interface Labelled {
    /** Lower-case letters, digits and underscores, such as {@code p16_s64}. */
    String label();
}
