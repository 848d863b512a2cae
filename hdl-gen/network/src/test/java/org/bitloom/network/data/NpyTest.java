package org.bitloom.network.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) throws IOException {
        byte[] header = DataFiles.npy(version, "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1, 2, 1), }   ");
        Images images = open(Shape.of(1, 2, 1), DataFiles.join(header, DataFiles.bytes(1, 2, 3, 255)));
        assertThat(images.count()).isEqualTo(2);
        assertThat(images.image(1)).containsExactly(3, 255);
    }

    @ParameterizedTest
    @CsvSource({"|u1,1,250", "|i1,1,-6", "<u2,2,65530", "<i2,2,-6", "<u4,4,4294967290", "<i4,4,-6", "<i8,8,-6"})
    void everyIntegerTypeIsRead(String type, int size, long expected) throws IOException {
        ByteBuffer element = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -6);
        byte[] elements = new byte[2 * size];
        element.get(0, elements, size, size);
        byte[] header = DataFiles.npy(1, "{'shape': (1, 2), 'descr': '" + type + "', 'fortran_order': False}");
        assertThat(open(Shape.of(2), DataFiles.join(header, elements)).image(0)).containsExactly(0, expected);
    }

    @Test
    void oneImageNeedsNoCount() throws IOException {
        byte[] header = DataFiles.npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }");
        Images images = open(Shape.of(3), DataFiles.join(header, DataFiles.bytes(1, 2, 3)));
        assertThat(images.count()).isEqualTo(1);
        assertThat(images.image(0)).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}; its elements are floats (<f4)
            {'descr': '>i2', 'fortran_order': False, 'shape': (1, 2)}; its elements are of type >i2
            {'descr': '|O', 'fortran_order': False, 'shape': (1, 2)}; its elements are of type |O
            {'descr': '|u1', 'fortran_order': True, 'shape': (1, 2)}; fortran_order is True
            {'descr': '|u1', 'fortran_order': False, 'shape': (2, 1, 1)}; its images are 1x1, but the network takes 2
            {'descr': '|u1', 'fortran_order': False, 'shape': ()}; its shape is not a tuple
            {'descr': '|u1', 'fortran_order': False, 'shape': (1,,2)}; its shape is not a tuple
            {'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 1, 1, 1, 1, 1, 1, 1)}; its shape is not a tuple
            {'descr': '|u1', 'fortran_order': False, 'shape': (0, 2)}; it is empty
            {'descr': '|u1', 'fortran_order': False, 'shape': (3)}; its shape is [3]
            {'descr': '|u1', 'fortran_order': False, 'shape': (100000000000000000, 2)}; its header announces
            {'descr': '|u1', 'fortran_order': False, 'shape': (9999999999999999999999, 2)}; its shape is not a tuple
            {'descr': '|u1', 'fortran_order': False, 'shape': (2, 2)}; it ends after 2 of 4 bytes of npy elements
            {'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), 'shape': (1, 2)}; it names shape twice
            {'descr': '|u1', 'fortran_order': False}; it is not a dictionary of descr, fortran_order and shape
            {'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), 'x': 1}; it is not a dictionary of descr
            {'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (1, 2)}; it is not a dictionary
            {'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)} + {}; it is not a dictionary of descr
            {'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (1, 2)}; it is not a dictionary of descr
            """)
    void anythingElseIsRefused(String header, String message) throws IOException {
        refused(DataFiles.join(DataFiles.npy(1, header), new byte[2]), message);
    }

    @Test
    void wrongLengthsAndVersionsAreRefused() throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)}";
        refused(DataFiles.join(DataFiles.npy(4, header), new byte[2]), "its npy version is 4");
        refused(DataFiles.join(DataFiles.npy(1, header), new byte[3]), "there are more bytes than its header announces");
        refused(DataFiles.bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 255, 255, 255, 255),
                "its npy header is 4294967295 bytes long");
        refused(DataFiles.bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 255, 255), "it ends after 0 of 65535 bytes");
        refused(DataFiles.bytes(0x93, 'N', 'U', 'M', 'P', 'Y'), "it ends after 6 of 8 bytes of npy header");
    }

    private Images open(Shape shape, byte[] content) throws IOException {
        return Images.open(Files.write(folder.resolve("images.npy"), content), shape);
    }

    private void refused(byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad.npy"), content);
        assertThatThrownBy(() -> Images.open(file, Shape.of(2))).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file + ": ").hasMessageContaining(message).message().hasLineCount(1);
    }
}
