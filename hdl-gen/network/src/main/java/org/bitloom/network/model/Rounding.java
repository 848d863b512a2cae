package org.bitloom.network.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The rounding modes of QONNX (docs/qonnx-custom-ops/intquant_v1.md), and one of hardware. Besides rounding, each mode answers where its
 * result reaches a level: for every integer L there is one boundary, a multiple of one half, and rounding gives at
 * least L exactly above it (or also on it).
 */
public enum Rounding {
    HALF_EVEN, CEILING, FLOOR, AWAY_FROM_ZERO, TOWARD_ZERO, HALF_AWAY_FROM_ZERO, HALF_TOWARD_ZERO,
    /** To the larger of two, whatever the sign: what adding half and dropping bits does. QONNX has no name for it. */
    HALF_UPWARD;

    /** A mode by the name that QONNX gives it, in any case. */
    public static Optional<Rounding> named(String name) {
        return Optional.ofNullable(switch (name.toUpperCase(Locale.ROOT)) {
            case "ROUND", "HALF_EVEN" -> HALF_EVEN;
            case "CEIL" -> CEILING;
            case "FLOOR" -> FLOOR;
            case "UP" -> AWAY_FROM_ZERO;
            case "DOWN", "ROUND_TO_ZERO" -> TOWARD_ZERO;
            case "HALF_UP" -> HALF_AWAY_FROM_ZERO;
            case "HALF_DOWN" -> HALF_TOWARD_ZERO;
            default -> null;
        });
    }

    public double round(double x) {
        return switch (this) {
            case HALF_EVEN -> Math.rint(x);
            case CEILING -> Math.ceil(x);
            case FLOOR -> Math.floor(x);
            case AWAY_FROM_ZERO -> x < 0 ? Math.floor(x) : Math.ceil(x);
            case TOWARD_ZERO -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case HALF_AWAY_FROM_ZERO -> halves(x, true);
            case HALF_TOWARD_ZERO -> halves(x, false);
            case HALF_UPWARD -> x - Math.floor(x) >= 0.5 ? Math.ceil(x) : Math.floor(x);
        };
    }

    private static double halves(double x, boolean away) {
        double magnitude = Math.abs(x);
        double whole = Math.floor(magnitude);
        double fraction = magnitude - whole;
        boolean next = fraction > 0.5 || away && fraction == 0.5;
        return Math.copySign(next ? whole + 1 : whole, x);
    }

    /** Twice the boundary of level L. */
    public long doubledBoundary(long level) {
        return switch (this) {
            case HALF_EVEN, HALF_AWAY_FROM_ZERO, HALF_TOWARD_ZERO, HALF_UPWARD -> 2 * level - 1;
            case CEILING -> 2 * level - 2;
            case FLOOR -> 2 * level;
            case AWAY_FROM_ZERO -> level >= 1 ? 2 * level - 2 : 2 * level;
            case TOWARD_ZERO -> level >= 1 ? 2 * level : 2 * level - 2;
        };
    }

    /** Whether a number on the boundary itself is rounded to L. */
    public boolean includesBoundary(long level) {
        return switch (this) {
            case HALF_EVEN -> level % 2 == 0;
            case CEILING -> false;
            case FLOOR, HALF_UPWARD -> true;
            case AWAY_FROM_ZERO, HALF_TOWARD_ZERO -> level <= 0;
            case TOWARD_ZERO, HALF_AWAY_FROM_ZERO -> level >= 1;
        };
    }
}
