package org.bitloom.training;

import java.util.Arrays;
import java.util.List;

/**
 * A grey image of 28 × 28 on which polylines are inked. A pixel's ink is the share of its width that the pen covers,
 * taken from the distance between the pixel's centre and the nearest stroke; crossing strokes do not add up.
 */
final class Canvas {
    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;

    private final double[] ink = new double[PIXELS];

    /** Inks polylines in pixel coordinates with a round pen. */
    void draw(List<List<Point>> polylines, double penRadius) {
        double[] squaredDistance = new double[PIXELS];
        Arrays.fill(squaredDistance, Double.MAX_VALUE);
        for (List<Point> polyline : polylines) {
            for (int i = 1; i < polyline.size(); i++) {
                nearer(squaredDistance, polyline.get(i - 1), polyline.get(i), penRadius + 1);
            }
        }
        for (int i = 0; i < PIXELS; i++) {
            double covered = penRadius + 0.5 - StrictMath.sqrt(squaredDistance[i]);
            ink[i] = Math.max(ink[i], Math.clamp(covered, 0, 1));
        }
    }

    /** Spreads each pixel over its neighbours, first along rows, then along columns; share goes to each side. */
    void blur(double share) {
        for (int line = 0; line < SIDE; line++) {
            blurLine(line * SIDE, 1, share);
        }
        for (int line = 0; line < SIDE; line++) {
            blurLine(line, SIDE, share);
        }
    }

    /** Adds to one pixel, 1 being full ink. */
    void add(int pixel, double amount) {
        ink[pixel] += amount;
    }

    /** Row by row, 0 = paper, 255 = full ink, rounded to nearest. */
    byte[] pixels(double strength) {
        byte[] pixels = new byte[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = (byte) (int) (Math.clamp(ink[i] * strength, 0, 1) * 255 + 0.5);
        }
        return pixels;
    }

    private static void nearer(double[] squaredDistance, Point from, Point to, double reach) {
        int left = pixelAt(Math.min(from.x(), to.x()) - reach);
        int right = pixelAt(Math.max(from.x(), to.x()) + reach);
        int top = pixelAt(Math.min(from.y(), to.y()) - reach);
        int bottom = pixelAt(Math.max(from.y(), to.y()) + reach);
        double alongX = to.x() - from.x();
        double alongY = to.y() - from.y();
        double squaredLength = alongX * alongX + alongY * alongY;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double x = column + 0.5 - from.x();
                double y = row + 0.5 - from.y();
                double t = squaredLength == 0 ? 0 : Math.clamp((x * alongX + y * alongY) / squaredLength, 0, 1);
                double dx = x - t * alongX;
                double dy = y - t * alongY;
                int pixel = row * SIDE + column;
                squaredDistance[pixel] = Math.min(squaredDistance[pixel], dx * dx + dy * dy);
            }
        }
    }

    private static int pixelAt(double coordinate) {
        return (int) Math.clamp(Math.floor(coordinate), 0, SIDE - 1);
    }

    private void blurLine(int start, int stride, double share) {
        double before = 0;
        for (int i = 0; i < SIDE; i++) {
            int pixel = start + i * stride;
            double here = ink[pixel];
            double after = i + 1 < SIDE ? ink[pixel + stride] : 0;
            ink[pixel] = share * before + (1 - 2 * share) * here + share * after;
            before = here;
        }
    }
}
