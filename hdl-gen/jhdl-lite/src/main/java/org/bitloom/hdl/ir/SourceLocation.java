package org.bitloom.hdl.ir;

/**
 * A line of Java.
 *
 * @param className binary name of the class, to find its source text
 * @param file      name of the source file, without folders
 * @param line      from 1
 */
public record SourceLocation(String className, String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
