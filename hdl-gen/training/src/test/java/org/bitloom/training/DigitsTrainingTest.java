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
    /** Enough to pass through every step; the full plan is trained in {@link CommittedDigitsTest}. */
    private static final TrainingPlan SMALL = new TrainingPlan(List.of(16), 1, 300, 2, 50, 3, 4, 20, 0.01f, 0.25f);

    @Test
    void trainingTellsOfEachEpochThenWritesTheNetworkAndItsTestPictures(@TempDir Path folder) throws IOException {
        List<String> told = new ArrayList<>();
        List<EpochResult> epochs = new ArrayList<>();
        TrainingResult result = new DigitsTraining(SMALL).train(folder.resolve("new"), new TrainingProgress() {
            @Override
            public void drawing(int trainPictures, int testPictures) {
                told.add(trainPictures + " and " + testPictures);
            }

            @Override
            public void epochDone(EpochResult epoch) {
                told.add(epoch.epoch() + " of " + epoch.epochs());
                epochs.add(epoch);
                assertThat(folder.resolve("new")).doesNotExist();
            }
        });
        assertThat(told).containsExactly("300 and 50", "1 of 4", "2 of 4", "3 of 4", "4 of 4");
        assertThat(epochs.getLast().loss()).isLessThan(epochs.getFirst().loss());
        assertThat(result.files()).isEqualTo(DigitsFiles.in(folder.resolve("new")));
        assertThat(result.testPictures()).isEqualTo(50);
        assertThat(Files.size(result.files().images())).isEqualTo(16 + 50 * 784);
        assertThat(Files.size(result.files().labels())).isEqualTo(8 + 50);
        try (var written = Files.list(folder.resolve("new"))) {
            assertThat(written).hasSize(3);
        }
    }

    @Test
    void equalPlansGiveEqualBytesAndOtherSeedsOtherBytes(@TempDir Path folder) throws IOException {
        byte[] first = model(SMALL, folder.resolve("1"));
        TrainingPlan otherSeed = new TrainingPlan(List.of(16), 1, 300, 2, 50, 4, 4, 20, 0.01f, 0.25f);
        assertThat(model(SMALL, folder.resolve("2"))).isEqualTo(first);
        assertThat(model(otherSeed, folder.resolve("3"))).isNotEqualTo(first);
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

    private static byte[] model(TrainingPlan plan, Path folder) throws IOException {
        return Files.readAllBytes(new DigitsTraining(plan).train(folder, TrainingProgress.silent()).files().model());
    }
}
