package org.bitloom.sim;

/** Told how far a long piece of work has come. */
@FunctionalInterface
public interface Progress {
    /** For work that nobody watches. */
    Progress NONE = (stage, done, total) -> {};

    /**
     * @param stage what is being done, a few words
     * @param done  how much of it, from 0
     * @param total what {@code done} counts up to, or 0 when that is not known
     */
    void at(String stage, long done, long total);
}
