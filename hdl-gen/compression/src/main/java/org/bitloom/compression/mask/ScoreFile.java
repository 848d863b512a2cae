package org.bitloom.compression.mask;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;

/**
 * Scores that are known, as a CSV file to which each new one is added at once: work that was interrupted goes on where it
 * stopped. A line that was cut off by the interruption is passed over and computed again.
 */
public final class ScoreFile {
    private static final String HEAD = "experiment,masks,images,correct,loss";
    private static final Pattern LINE = Pattern.compile("([0-9a-z-]+),([0-9_/a-z]+),(\\d{1,9}),(\\d{1,9}),([0-9.E+-]{1,30}|NaN|Infinity)");

    private record Key(String experiment, String masks) {
    }

    private final Path file;
    private final Map<Key, Score> known = new HashMap<>();

    private ScoreFile(Path file) {
        this.file = file;
    }

    /** Opens the file, or begins it where there is none. */
    public static ScoreFile open(Path file) throws IOException {
        ScoreFile scores = new ScoreFile(file);
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, HEAD + "\n");
            return scores;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw NetworkException.at(file, "is not a file of scores that Bitloom has begun", "give another folder");
        }
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                scores.known.put(new Key(parts.group(1), parts.group(2)), new Score(Integer.parseInt(parts.group(3)),
                        Integer.parseInt(parts.group(4)), Double.parseDouble(parts.group(5))));
            }
        }
        if (!Files.readString(file).endsWith("\n")) {
            Files.writeString(file, "\n", StandardOpenOption.APPEND);
        }
        return scores;
    }

    /** @param experiment what the score depends on beside the masks, as letters and digits */
    Optional<Score> find(String experiment, Masks masks) {
        return Optional.ofNullable(known.get(new Key(experiment, masks.listed())));
    }

    void add(String experiment, Masks masks, Score score) throws IOException {
        known.put(new Key(experiment, masks.listed()), score);
        String line = String.join(",", experiment, masks.listed(), String.valueOf(score.images()),
                String.valueOf(score.correct()), String.valueOf(score.loss()));
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
}
