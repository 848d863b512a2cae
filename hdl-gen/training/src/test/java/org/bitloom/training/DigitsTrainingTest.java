package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTrainingTest {
    @Test
    void trainingReproducesTheCommittedBytes(@TempDir Path folder) {
        List<EpochResult> epochs = new ArrayList<>();
        TrainingResult result = DigitsTraining.standard().train(folder, new TrainingProgress() {
            @Override
            public void drawing(int trainPictures, int testPictures) {
                assertThat(epochs).isEmpty();
            }

            @Override
            public void epochDone(EpochResult epoch) {
                epochs.add(epoch);
            }
        });
        assertThat(result.files().equalCommitted()).isTrue();
        assertThat(result.correct()).isEqualTo(1968);
        assertThat(result.testPictures()).isEqualTo(2000);
        assertThat(epochs).hasSize(DigitsTraining.standard().epochs());
        assertThat(epochs.getLast().loss()).isLessThan(epochs.getFirst().loss() / 10);
    }

    @Test
    void theCommittedFilesAreUnpackedAndAChangedByteIsSeen(@TempDir Path folder) throws IOException {
        DigitsFiles files = DigitsFiles.unpack(folder);
        assertThat(files.equalCommitted()).isTrue();
        byte[] labels = Files.readAllBytes(files.labels());
        assertThat(labels).hasSize(8 + DigitsTraining.WRITTEN_PICTURES);
        labels[100] ^= 1;
        Files.write(files.labels(), labels);
        assertThat(files.equalCommitted()).isFalse();
        assertThat(DigitsFiles.in(folder.resolve("empty")).equalCommitted()).isFalse();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "not a folder");
        assertThatThrownBy(() -> DigitsFiles.unpack(file)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file.resolve("digits.onnx") + ": cannot be written")
                .hasMessageEndingWith("choose a folder that can be written");
    }
}
