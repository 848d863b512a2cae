package org.bitloom.compression.quantize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Tensor;

/** Runs samples through a model and chooses the format of each site from the numbers that occur there. */
final class Calibration {
    private final ModelEvaluator evaluator;
    private final List<Site> sites;

    Calibration(Model model, List<Site> sites) {
        this.evaluator = new ModelEvaluator(model);
        this.sites = sites.stream().filter(site -> !site.root().isGiven()).toList();
    }

    void run(List<float[]> samples) {
        Map<Site, Histogram> numbers = IntStream.range(0, samples.size()).parallel().collect(
                this::empty, (sums, i) -> add(sums, samples.get(i)), Calibration::merge);
        numbers.forEach(Site::choose);
    }

    private Map<Site, Histogram> empty() {
        Map<Site, Histogram> numbers = new LinkedHashMap<>();
        sites.forEach(site -> numbers.putIfAbsent(site.root(), new Histogram()));
        return numbers;
    }

    private void add(Map<Site, Histogram> numbers, float[] sample) {
        Map<String, Tensor> trace = evaluator.runWithTrace(sample);
        for (Site site : sites) {
            Tensor values = Objects.requireNonNull(trace.get(site.value()));
            Histogram histogram = Objects.requireNonNull(numbers.get(site.root()));
            for (int i = 0; i < values.size(); i++) {
                histogram.add(values.at(i));
            }
        }
    }

    private static void merge(Map<Site, Histogram> sums, Map<Site, Histogram> more) {
        more.forEach((site, numbers) -> Objects.requireNonNull(sums.get(site)).add(numbers));
    }
}
