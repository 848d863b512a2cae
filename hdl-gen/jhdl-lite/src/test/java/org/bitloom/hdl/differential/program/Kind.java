package org.bitloom.hdl.differential.program;

/** What the bits of a value mean. */
enum Kind {
    BOOL,
    BITS,
    UINT,
    SINT;

    boolean isNumber() {
        return this == UINT || this == SINT;
    }
}
