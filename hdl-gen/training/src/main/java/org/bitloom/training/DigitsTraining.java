package org.bitloom.training;

import java.nio.file.Path;
import org.bitloom.network.onnx.OnnxWriter;

/**
 * Draws digits, trains the demo's network on them and writes it with the first of its held-out test pictures. The bytes
 * are the committed ones on every machine ({@link DigitsFiles#equalCommitted}); one thread, well under a minute.
 */
public final class DigitsTraining {
    /** How many of the held-out test pictures are written beside the network. */
    public static final int WRITTEN_PICTURES = 500;

    private final TrainingPlan plan;

    DigitsTraining(TrainingPlan plan) {
        this.plan = plan;
    }

    /** The training of the committed network. */
    public static DigitsTraining standard() {
        return new DigitsTraining(TrainingPlan.standard());
    }

    /** How many passes over the training pictures there will be. */
    public int epochs() {
        return plan.epochs();
    }

    /**
     * Trains, then writes the three files; nothing is written before the training is complete.
     *
     * @throws org.bitloom.network.NetworkException when the folder cannot be written
     */
    public TrainingResult train(Path folder, TrainingProgress progress) {
        progress.drawing(plan.trainPictures(), plan.testPictures());
        DigitRenderer renderer = new DigitRenderer(Alphabet.standard());
        DigitSet test = renderer.render(plan.testSeed(), plan.testPictures());
        BinaryNetwork network = network(renderer.render(plan.trainSeed(), plan.trainPictures()), progress);
        DigitsFiles files = DigitsFiles.in(folder);
        DigitSet written = test.first(Math.min(WRITTEN_PICTURES, test.size()));
        DigitsFiles.write(files.images(), written.imagesAsIdx());
        DigitsFiles.write(files.labels(), written.labelsAsIdx());
        DigitsFiles.write(files.model(), OnnxWriter.toBytes(QonnxExport.of(network)));
        return new TrainingResult(files, network.correct(test), test.size());
    }

    BinaryNetwork network(DigitSet pictures, TrainingProgress progress) {
        Trainer trainer = new Trainer(plan, pictures);
        for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
            progress.epochDone(trainer.epoch(epoch));
        }
        return trainer.frozen();
    }
}
