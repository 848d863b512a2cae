package org.bitloom.compression.mask;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Tensor;

/**
 * One set of labelled images on which masks are scored, each only once: what the score file knows is not computed again.
 * A score is known by the weights, the images, their labels and the rule for masked bits, not by the names of files.
 */
public final class ScoredSet {
    /** Masks that are scored before their scores are written down. */
    private static final int GROUP = 12;

    private final MaskExperiment experiment;
    private final Images images;
    private final Labels labels;
    private final int count;
    private final ScoreFile file;
    private final String name;
    private final Progress progress;

    /** Is told how far scoring has come; called from several threads. */
    public interface Progress {
        void at(String stage, long done, long total);
    }

    /** The first {@code count} of the images. */
    public ScoredSet(MaskExperiment experiment, Model model, Images images, Labels labels, int count, ScoreFile file,
            Progress progress) {
        this.experiment = experiment;
        this.images = images;
        this.labels = labels;
        this.count = count;
        this.file = file;
        this.progress = progress;
        this.name = fingerprint(model) + "-" + experiment.layers().rule().name().toLowerCase(Locale.ROOT);
    }

    public int count() {
        return count;
    }

    /** The score of each, in order; {@code stage} says to the progress what it is for. */
    public Map<Masks, Score> scores(List<Masks> masks, String stage) throws IOException {
        List<Masks> unknown = new ArrayList<>(masks.stream().distinct()
                .filter(each -> file.find(name, each).isEmpty()).toList());
        // Those that begin alike side by side, so that a group shares its first layers.
        unknown.sort(Comparator.comparing(Masks::listed));
        long total = (long) unknown.size() * count;
        for (int first = 0; first < unknown.size(); first += GROUP) {
            List<Masks> group = unknown.subList(first, Math.min(unknown.size(), first + GROUP));
            long before = (long) first * count;
            List<Score> scores = experiment.scores(group, images, labels, count,
                    done -> progress.at(stage, before + done, total));
            for (int i = 0; i < scores.size(); i++) {
                file.add(name, group.get(i), scores.get(i));
            }
        }
        Map<Masks, Score> scores = new LinkedHashMap<>();
        masks.forEach(each -> scores.put(each, file.find(name, each).orElseThrow()));
        return scores;
    }

    private String fingerprint(Model model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(model.nodes().toString().getBytes(StandardCharsets.UTF_8));
            model.constants().forEach((constant, tensor) -> {
                digest.update(constant.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes(tensor));
            });
            for (MaskedLayers.Layer layer : experiment.layers().layers()) {
                digest.update(layer.name().getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < count; i++) {
                long[] image = images.image(i);
                ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * (image.length + 1));
                for (long value : image) {
                    buffer.putLong(value);
                }
                digest.update(buffer.putLong(labels.at(i)).array());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(Tensor tensor) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * tensor.size());
        for (int i = 0; i < tensor.size(); i++) {
            buffer.putFloat(tensor.at(i));
        }
        return buffer.array();
    }
}
