package org.bitloom.compression.quantize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bitloom.network.model.Batch;
import org.bitloom.network.model.BatchEvaluator;
import org.bitloom.network.model.Model;

/** Runs samples through a model and chooses the format of each site from the numbers that occur there. */
final class Calibration {
    private final Model model;
    private final BatchEvaluator evaluator;
    private final List<Site> sites;

    Calibration(Model model, List<Site> sites) {
        this.model = model;
        this.evaluator = new BatchEvaluator(model);
        this.sites = sites;
    }

    void run(List<float[]> samples) {
        int batches = Math.ceilDiv(samples.size(), BatchEvaluator.IMAGES);
        Map<Site, Histogram> numbers = IntStream.range(0, batches)
                .mapToObj(batch -> samples.subList(batch * BatchEvaluator.IMAGES,
                        Math.min(samples.size(), (batch + 1) * BatchEvaluator.IMAGES)))
                .parallel()
                .collect(this::empty, this::add, Calibration::merge);
        numbers.forEach(Site::choose);
    }

    private Map<Site, Histogram> empty() {
        Map<Site, Histogram> numbers = new LinkedHashMap<>();
        sites.forEach(site -> numbers.putIfAbsent(site.root(), new Histogram()));
        return numbers;
    }

    private void add(Map<Site, Histogram> numbers, List<float[]> images) {
        BatchEvaluator.Run run = evaluator.start(images);
        add(numbers, List.of(model.input()), run);
        for (int step = 0; step < evaluator.steps().size(); step++) {
            run = evaluator.advance(run, step + 1, Map.of());
            add(numbers, evaluator.steps().get(step).outputs(), run);
        }
    }

    /** The values that have just been computed: whatever is quantized is read later, so they are all there. */
    private void add(Map<Site, Histogram> numbers, List<String> computed, BatchEvaluator.Run run) {
        for (Site site : sites) {
            if (computed.contains(site.value())) {
                Histogram histogram = Objects.requireNonNull(numbers.get(site.root()));
                Batch values = run.value(site.value());
                for (int i = 0; i < values.shape().size(); i++) {
                    for (int image = 0; image < values.images(); image++) {
                        histogram.add(values.at(i, image));
                    }
                }
            }
        }
    }

    private static void merge(Map<Site, Histogram> sums, Map<Site, Histogram> more) {
        more.forEach((site, numbers) -> Objects.requireNonNull(sums.get(site)).add(numbers));
    }
}
