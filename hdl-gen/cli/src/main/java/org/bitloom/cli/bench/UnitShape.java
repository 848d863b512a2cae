package org.bitloom.cli.bench;

/**
 * Size of the matrix-vector unit that is compared with other HDLs.
 *
 * @param simd columns at a time, a multiple of 64
 * @param pe   rows at a time
 * @param columns of the matrix, a multiple of {@code simd}
 * @param rows    of the matrix, a multiple of {@code pe}
 */
public record UnitShape(int simd, int pe, int columns, int rows) {
    public static final UnitShape SMALL = new UnitShape(64, 16, 1024, 64);
    public static final UnitShape LARGE = new UnitShape(256, 64, 4096, 256);

    public UnitShape {
        if (simd < 64 || simd % 64 != 0 || pe < 1 || columns < simd || columns % simd != 0 || rows < pe || rows % pe != 0) {
            throw new IllegalArgumentException("a unit of SIMD " + simd + ", PE " + pe + " for " + columns + " columns and "
                    + rows + " rows");
        }
    }

    int synapseFolds() {
        return columns / simd;
    }

    int neuronFolds() {
        return rows / pe;
    }

    @Override
    public String toString() {
        return "SIMD " + simd + ", PE " + pe + ", " + columns + " columns, " + rows + " rows";
    }
}
