package org.bitloom.network.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;

/**
 * One PNG of 8 bits a channel, grey or RGB or with a palette, not transparent. Its extents are checked before a pixel
 * is decoded, so no file can take more memory than the network's own input.
 */
final class PngFile {
    private static final int MAX_BYTES = 1 << 26;

    private PngFile() { }

    static long[] read(Path path, Shape shape) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ByteSource source = ByteSource.open(path);
                ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content(source)))) {
            reader.setInput(in, true, true);
            return pixels(path, reader, shape);
        } catch (IOException | RuntimeException e) {
            if (e instanceof NetworkException refusal) {
                throw refusal;
            }
            throw new NetworkException(path + ": it is not a PNG image that can be decoded (" + e.getMessage()
                    + "); expected grey or RGB of 8 bits", e);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] content(ByteSource source) {
        byte[] bytes = source.rest();
        if (bytes.length > MAX_BYTES) {
            throw NetworkException.at(source.path(), "it is longer than " + MAX_BYTES + " bytes", "shrink the image");
        }
        PngChunks.requireWhole(source.path(), bytes);
        return bytes;
    }

    private static long[] pixels(Path path, ImageReader reader, Shape shape) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        int channels = channels(path, (long) width * height, shape);
        if (shape.rank() == 3 && (shape.height() != height || shape.width() != width)) {
            throw NetworkException.at(path, "the image is " + height + "x" + width + " (height x width), but the network "
                    + "takes " + shape, "give an image of that size");
        }
        int[][] colours = colours(path, reader.read(0));
        long[] values = new long[shape.size()];
        for (int i = 0; i < values.length; i++) {
            int[] colour = colours[i / channels];
            if (channels == 1 && (colour[0] != colour[1] || colour[0] != colour[2])) {
                throw NetworkException.at(path, "the image is coloured, but the network takes grey ones",
                        "convert it to grey");
            }
            values[i] = colour[i % channels];
        }
        return values;
    }

    private static int channels(Path path, long area, Shape shape) {
        for (int channels : new int[] {1, 3}) {
            if (area * channels == shape.size() && (shape.rank() == 1 || shape.channels() == channels)) {
                return channels;
            }
        }
        throw NetworkException.at(path, "the image has " + area + " pixels, but the network takes " + shape,
                "give a grey or RGB image of that size");
    }

    /** Red, green and blue of each pixel as stored: no gamma, no colour profile. */
    private static int[][] colours(Path path, BufferedImage image) {
        Raster raster = image.getRaster();
        int[][] colours = new int[image.getWidth() * image.getHeight()][3];
        int bands = raster.getNumBands();
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        if (!palette && image.getColorModel().getComponentSize(0) != 8) {
            throw NetworkException.at(path, "it has " + image.getColorModel().getComponentSize(0) + " bits a channel",
                    "convert it to 8 bits");
        }
        for (int i = 0; i < colours.length; i++) {
            int x = i % image.getWidth();
            int y = i / image.getWidth();
            if (image.getColorModel().hasAlpha() && image.getRGB(x, y) >>> 24 != 0xFF) {
                throw NetworkException.at(path, "pixel " + x + ", " + y + " is transparent", "flatten the image");
            }
            for (int c = 0; c < 3; c++) {
                colours[i][c] = palette ? image.getRGB(x, y) >>> (16 - 8 * c) & 0xFF
                        : raster.getSample(x, y, bands < 3 ? 0 : c);
            }
        }
        return colours;
    }
}
