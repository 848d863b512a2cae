package org.bitloom.accelerator;

import java.util.Map;

/** What a generated design brings along for people to look at: pages and figures, written with it or not at all. */
@FunctionalInterface
public interface DesignReport {
    /** The page that lies in the design's folder. */
    String PAGE = "report.html";

    /** The folder beside it for its figures. */
    String FIGURES = "report";

    /** Nothing beyond what tools read. */
    DesignReport NONE = manifest -> Map.of();

    /**
     * The files, by their path from the design's folder: {@link #PAGE}, and {@code report/NAME}. The same design gives
     * the same files.
     *
     * @param manifest of the design that is being written
     */
    Map<String, String> files(Manifest manifest);
}
