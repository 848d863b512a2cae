package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bitloom.training.DigitsTraining;
import org.bitloom.training.EpochResult;
import org.bitloom.training.TrainingProgress;
import org.bitloom.training.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains the demo's network again; that its bytes equal the committed ones is a check, and a difference a mismatch. */
@Command(
        name = "train",
        header = "Trains the demo's network and shows that it is the committed one, byte for byte.",
        description = {
            "Draws digits from the stroke descriptions in this repository, trains a binary network on them and writes",
            "digits.onnx (QONNX), digits-images.idx and digits-labels.idx: held-out pictures and their labels.",
            "Every machine writes the same bytes. Takes about a minute on one core.%n"
        },
        footer = {
            "%nExample:",
            "  ./bitloom train digits -o digits",
            "  ./bitloom evaluate digits/digits.onnx --images digits/digits-images.idx --labels digits/digits-labels.idx"
        })
final class TrainVerb implements Callable<Integer> {
    /** Spelled as on the command line. */
    private enum Subject {
        digits
    }

    @Parameters(paramLabel = "digits", description = "What to train.")
    private Subject subject = Subject.digits;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = "digits",
            description = "Where to write the three files (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("digits");

    @Mixin
    private Answer answer = new Answer();

    @Mixin
    private ProgressOption progressOption = new ProgressOption();

    @Override
    public Integer call() throws Exception {
        DigitsTraining training = switch (subject) {
            case digits -> DigitsTraining.standard();
        };
        TrainingResult result;
        try (TerminalProgress progress = progressOption.start()) {
            result = training.train(folder, onTerminal(progress, training.epochs()));
        }
        boolean same = result.files().equalCommitted();
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                generator.writeStringField("model", result.files().model().toString());
                generator.writeStringField("images", result.files().images().toString());
                generator.writeStringField("labels", result.files().labels().toString());
                generator.writeNumberField("correct", result.correct());
                generator.writeNumberField("pictures", result.testPictures());
                generator.writeBooleanField("equalsCommitted", same);
            });
        } else {
            out.printf("Network    %s%n", result.files().model());
            out.printf("Pictures   %s, %s%n", result.files().images(), result.files().labels());
            out.printf(
                    "Accuracy   %,d of %,d held-out pictures (%.2f %%)%n",
                    result.correct(), result.testPictures(), 100 * result.accuracy());
            out.println(
                    same
                            ? "Committed  the same, byte for byte"
                            : "Committed  DIFFERENT: this is not the network in the repository");
        }
        return same ? ExitStatus.OK : ExitStatus.MISMATCH;
    }

    private static TrainingProgress onTerminal(TerminalProgress progress, int epochs) {
        return new TrainingProgress() {
            @Override
            public void drawing(int trainPictures, int testPictures) {
                progress.at("drawing %,d pictures".formatted(trainPictures + testPictures));
            }

            @Override
            public void epochDone(EpochResult result) {
                progress.at("epochs (%.1f %% right)".formatted(100 * result.accuracy()), result.epoch(), epochs);
            }
        };
    }
}
