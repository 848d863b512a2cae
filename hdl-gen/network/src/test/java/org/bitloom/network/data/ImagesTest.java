package org.bitloom.network.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    @TempDir
    Path folder;

    @Test
    void idxImagesAreReadPlainAndGzipped() throws IOException {
        byte[] idx = DataFiles.join(DataFiles.idx(2, 2, 3), DataFiles.bytes(1, 2, 3, 4, 5, 255, 7, 8, 9, 10, 11, 12));
        for (byte[] content : new byte[][] {idx, DataFiles.gzip(idx)}) {
            Path file = Files.write(folder.resolve("images-idx3-ubyte"), content);
            for (Shape shape : new Shape[] {Shape.of(6), Shape.of(2, 3, 1)}) {
                Images images = Images.open(file, shape);
                assertThat(images.count()).isEqualTo(2);
                assertThat(images.shape()).isEqualTo(shape);
                assertThat(images.image(0)).containsExactly(1, 2, 3, 4, 5, 255);
                assertThat(images.image(1)).containsExactly(7, 8, 9, 10, 11, 12);
                assertThatThrownBy(() -> images.image(2)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void mnistStartsAsItIsKnownTo() {
        Optional<Path> file = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        if (file.isPresent()) {
            Images images = Images.open(file.get(), Shape.of(784));
            assertThat(images.count()).isEqualTo(10_000);
            assertThat(Arrays.stream(images.image(0)).sum()).isEqualTo(18_454);
            assertThat(images.image(0)[7 * 28 + 6]).isEqualTo(84);
        }
    }

    @Test
    void malformedIdxIsRefused() throws IOException {
        byte[] good = DataFiles.join(DataFiles.idx(2, 2, 3), new byte[12]);
        refused("a", Shape.of(7), good, ": its images are 2x3, but the network takes 7");
        refused("a", Shape.of(3, 2, 1), good, ": its images are 2x3, but the network takes 3x2x1");
        refused("a", Shape.of(6), Arrays.copyOf(good, 27), ": it ends after 11 of 12 bytes of pixels");
        refused("a", Shape.of(6), Arrays.copyOf(good, 29), ": there are more bytes than its header announces");
        refused("a", Shape.of(6), Arrays.copyOf(good, 6), ": it ends after 2 of 4 bytes of IDX header");
        refused("a", Shape.of(6), DataFiles.join(DataFiles.idx(0, 2, 3)), ": it is empty");
        refused("a", Shape.of(6), DataFiles.join(DataFiles.idx(-1, 2, 3)),
                ": its header announces 25769803770 bytes of pixels");
        refused("a", Shape.of(6), DataFiles.join(DataFiles.idx(-1, -1, -1)), ": its images are 4294967295x4294967295");
        refused("a", Shape.of(6), DataFiles.join(DataFiles.idx(6), new byte[6]),
                ": it is an IDX file of labels (1 dimension)");
        byte[] floats = good.clone();
        floats[2] = 0x0D;
        refused("a", Shape.of(6), floats, ": its IDX header is 00 00 0d 03; expected 00 00 08");
        byte[] deep = good.clone();
        deep[3] = 100;
        refused("a", Shape.of(6), deep, ": its IDX header is 00 00 08 64");
    }

    @Test
    void aGzipBombIsCutOffAtWhatItsHeaderAnnounces() throws IOException {
        byte[] bomb = DataFiles.gzip(DataFiles.join(DataFiles.idx(1, 2, 3), new byte[50_000_000]));
        assertThat(bomb.length).isLessThan(60_000);
        refused("bomb.gz", Shape.of(6), bomb, ": there are more bytes than its header announces");
        byte[] cut = DataFiles.gzip(DataFiles.join(DataFiles.idx(1, 2, 3), new byte[6]));
        refused("cut.gz", Shape.of(6), Arrays.copyOf(cut, cut.length - 9), ": the file cannot be read (");
        refused("empty.gz", Shape.of(6), DataFiles.bytes(0x1F, 0x8B), ": the file cannot be read (");
    }

    @Test
    void rawBytesAreImagesOneAfterTheOther() throws IOException {
        Path file = Files.write(folder.resolve("two.rgb"), DataFiles.bytes(0, 0, 8, 3, 0, 255));
        assertThat(Images.open(file, Shape.of(1, 1, 3)).image(1)).containsExactly(3, 0, 255);
        refused("two.rgb", Shape.of(4), new byte[6], ": it is neither IDX, npy nor PNG, and as raw bytes its 6 bytes are "
                + "not a multiple of 4 = 4");
        refused("none.raw", Shape.of(4), new byte[0], "its 0 bytes are not a multiple");
    }

    @Test
    void cifarRecordsBecomeChannelLast() throws IOException {
        byte[] record = new byte[2 * CifarRecords.RECORD];
        record[CifarRecords.RECORD] = 9;
        record[CifarRecords.RECORD + 1] = 10;
        record[CifarRecords.RECORD + 1 + 1024] = 20;
        record[CifarRecords.RECORD + 1 + 2048] = 30;
        record[CifarRecords.RECORD + 1 + 1] = 11;
        Path file = Files.write(folder.resolve("batch.bin"), record);
        Images images = Images.open(file, Shape.of(32, 32, 3));
        assertThat(images.count()).isEqualTo(2);
        assertThat(images.image(1)).startsWith(10, 20, 30, 11, 0, 0);
        assertThat(Labels.open(file).at(1)).isEqualTo(9);
    }

    @Test
    void pngsOfAFolderComeInNaturalOrderAsStored() throws IOException {
        for (int i : new int[] {10, 9, 1}) {
            BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
            grey.getRaster().setSample(0, 0, 0, i);
            grey.getRaster().setSample(1, 0, 0, 100 + i);
            png("digit" + i + ".png", grey);
        }
        Files.writeString(folder.resolve("notes.txt"), "not an image");
        Images images = Images.open(folder, Shape.of(2));
        assertThat(images.count()).isEqualTo(3);
        assertThat(images.image(0)).containsExactly(1, 101);
        assertThat(images.image(1)).containsExactly(9, 109);
        assertThat(images.image(2)).containsExactly(10, 110);
        assertThat(Images.open(folder, Shape.of(1, 2, 3)).image(0)).containsExactly(1, 1, 1, 101, 101, 101);
    }

    @Test
    void aColouredPngIsRedGreenBlue() throws IOException {
        BufferedImage colour = new BufferedImage(1, 2, BufferedImage.TYPE_INT_RGB);
        colour.setRGB(0, 0, 0x010203);
        colour.setRGB(0, 1, 0xFFFEFD);
        Path file = png("colour.png", colour);
        assertThat(Images.open(file, Shape.of(2, 1, 3)).image(0)).containsExactly(1, 2, 3, 255, 254, 253);
        assertThatThrownBy(() -> Images.open(file, Shape.of(2)).image(0)).isInstanceOf(NetworkException.class)
                .hasMessage(file + ": the image is coloured, but the network takes grey ones; convert it to grey");
        BufferedImage opaque = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        opaque.setRGB(0, 0, 0xFF040506);
        assertThat(Images.open(png("opaque.png", opaque), Shape.of(3)).image(0)).containsExactly(4, 5, 6);
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, 0xFFFFFF);
        assertThat(Images.open(png("bits.png", bits), Shape.of(2)).image(0)).containsExactly(0, 255);
    }

    @Test
    void pngsThatDoNotFitAreRefusedBeforeTheyAreDecoded() throws IOException {
        Path file = png("wide.png", new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        refusedImage(file, Shape.of(3, 2, 1), "the image is 2x3 (height x width), but the network takes 3x2x1");
        refusedImage(file, Shape.of(4, 4, 1), "the image has 6 pixels, but the network takes 4x4x1");
        BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        refusedImage(png("clear.png", clear), Shape.of(1), "pixel 0, 0 is transparent; flatten the image");
        refusedImage(png("deep.png", new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY)), Shape.of(1),
                "it has 16 bits a channel; convert it to 8 bits");
        Path none = Files.createDirectory(folder.resolve("none"));
        assertThatThrownBy(() -> Images.open(none, Shape.of(6))).isInstanceOf(NetworkException.class)
                .hasMessage(none + ": the folder holds 0 PNG files; expected 1 to 1048576");
    }

    @Test
    void aDamagedPngIsRefused() throws IOException {
        byte[] good = DataFiles.png(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        for (int length = 8; length < good.length; length++) {
            Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(good, length));
            refusedImage(cut, Shape.of(6), ": it is not a whole PNG image; the file is truncated or of another kind");
        }
        for (int at = 8; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 4;
            refusedImage(Files.write(folder.resolve("flipped.png"), flipped), Shape.of(6), "flipped.png: ");
        }
        byte[] huge = good.clone();
        Arrays.fill(huge, 16, 24, (byte) 0x7F);
        DataFiles.repairFirstChunk(huge);
        refusedImage(Files.write(folder.resolve("huge.png"), huge), Shape.of(6), "huge.png: ");
        refusedImage(Files.write(folder.resolve("huge.png"), huge), Shape.of(1 << 15, 1 << 15, 1), "huge.png: ");
    }

    @Test
    void whatIsNoFileIsRefused() {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> Images.open(absent, Shape.of(6))).isInstanceOf(NetworkException.class)
                .hasMessage(absent + ": there is no such file; give the path of a file of images or labels");
        assertThatThrownBy(() -> Images.open(Path.of("/dev/zero"), Shape.of(6))).isInstanceOf(NetworkException.class)
                .hasMessage("/dev/zero: it is not a file; give the path of a file of images or labels");
    }

    @Property(tries = 1000)
    void damagedFilesAreReadOrRefusedButNothingElse(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] idx = DataFiles.join(DataFiles.idx(2, 2, 2), new byte[8]);
        byte[] npy = DataFiles.join(DataFiles.npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2), }"),
                new byte[8]);
        byte[] good = switch (random.nextInt(4)) {
            case 0 -> idx;
            case 1 -> DataFiles.gzip(idx);
            case 2 -> DataFiles.png(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY));
            default -> npy;
        };
        byte[] damaged = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length + 4) : good.length);
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        Path file = Files.createTempFile("images", "");
        try {
            Files.write(file, damaged);
            Images images = Images.open(file, Shape.of(4));
            for (int i = 0; i < images.count(); i++) {
                assertThat(images.image(i)).hasSize(4);
            }
        } catch (NetworkException e) {
            assertThat(e).hasMessageStartingWith(file.toString()).message().hasLineCount(1);
        } finally {
            Files.delete(file);
        }
    }

    private Path png(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
        return file;
    }

    private void refused(String name, Shape shape, byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        assertThatThrownBy(() -> Images.open(file, shape)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(message).message().hasLineCount(1);
    }

    private static void refusedImage(Path file, Shape shape, String message) {
        Images images = Images.open(file, shape);
        assertThatThrownBy(() -> images.image(0)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(message).message().hasLineCount(1);
    }
}
