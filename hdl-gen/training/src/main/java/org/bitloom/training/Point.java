package org.bitloom.training;

/** A place in the plane: in glyph units (0 … 100, y down) or in pixels (pixel centres at half integers). */
record Point(double x, double y) {
    Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }
}
