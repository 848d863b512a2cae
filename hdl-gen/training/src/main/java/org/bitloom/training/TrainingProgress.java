package org.bitloom.training;

/** Told, on the training thread, how far a training has come. */
public interface TrainingProgress {
    /** The pictures are about to be drawn. */
    void drawing(int trainPictures, int testPictures);

    /** One pass over the training pictures is done. */
    void epochDone(EpochResult result);

    /** Tells nobody. */
    static TrainingProgress silent() {
        return new TrainingProgress() {
            @Override
            public void drawing(int trainPictures, int testPictures) {
            }

            @Override
            public void epochDone(EpochResult result) {
            }
        };
    }
}
