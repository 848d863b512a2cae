package org.bitloom.network.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    @TempDir
    Path folder;

    @Test
    void idxNpyAndTextSayTheSame() throws IOException {
        byte[] idx = DataFiles.join(DataFiles.idx(3), DataFiles.bytes(7, 0, 255));
        byte[] npy = DataFiles.join(DataFiles.npy(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }"),
                DataFiles.bytes(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0));
        byte[] text = "7\r\n 0\n255\n\n".getBytes(StandardCharsets.US_ASCII);
        for (byte[] content : List.of(idx, DataFiles.gzip(idx), npy, DataFiles.gzip(npy), text, DataFiles.gzip(text))) {
            Labels labels = Labels.open(Files.write(folder.resolve("labels"), content));
            assertThat(IntStream.range(0, labels.count()).map(labels::at)).containsExactly(7, 0, 255);
        }
    }

    @Test
    void anythingElseIsRefused() throws IOException {
        refused(DataFiles.join(DataFiles.idx(3, 2), new byte[6]), ": it is an IDX file of 2 dimensions");
        refused(DataFiles.join(DataFiles.idx(4), new byte[3]), ": it ends after 3 of 4 bytes of labels");
        refused(DataFiles.idx(0), ": it is empty");
        refused(new byte[0], ": it is empty");
        refused(text("1\n-2\n"), ": line 2 is not a class number");
        refused(text("1\n\n2\n"), ": line 2 is not a class number");
        refused(text("12345678\n"), ": line 1 is not a class number");
        refused(text("1234567\n"), ": label 0 is 1234567; a class is 0 to 1000000");
        refused(DataFiles.join(DataFiles.npy(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (1,), }"),
                DataFiles.bytes(255)), ": label 0 is -1");
        refused(DataFiles.join(DataFiles.npy(1, "{'descr': '|i1', 'fortran_order': False, 'shape': (1, 1), }"),
                DataFiles.bytes(1)), ": its shape is [1, 1]; labels have one dimension");
    }

    @Test
    void namesAreOrderedAsPeopleDo() {
        assertThat(Stream.of("b", "a10", "a2", "a02", "a", "a2b", "A1", "10", "9", "a99999999999999999999", "a2")
                .sorted(NaturalOrder::compare))
                .containsExactly("9", "10", "A1", "a", "a02", "a2", "a2", "a2b", "a10", "a99999999999999999999", "b");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void refused(byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve("bad"), content);
        assertThatThrownBy(() -> Labels.open(file)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(message).message().hasLineCount(1);
    }
}
