package org.bitloom.compression.quantize;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bitloom.network.model.Batch;
import org.bitloom.network.model.BatchEvaluator;
import org.bitloom.network.model.Model;

/** Runs samples through a model and chooses the format of each group of sites from the numbers that occur there. */
final class Calibration {
    private final Model model;
    private final BatchEvaluator evaluator;
    private final List<SiteGroup> groups;

    Calibration(Model model, List<SiteGroup> groups) {
        this.model = model;
        this.evaluator = new BatchEvaluator(model);
        this.groups = groups;
    }

    /** The format of each site. */
    Map<Site, ActivationFormat> run(List<float[]> samples) {
        int batches = Math.ceilDiv(samples.size(), BatchEvaluator.IMAGES);
        Map<SiteGroup, Histogram> numbers = IntStream.range(0, batches)
                .mapToObj(batch -> samples.subList(batch * BatchEvaluator.IMAGES,
                        Math.min(samples.size(), (batch + 1) * BatchEvaluator.IMAGES)))
                .parallel()
                .collect(this::empty, this::add, Calibration::merge);
        Map<Site, ActivationFormat> formats = new HashMap<>();
        numbers.forEach((group, histogram) -> {
            ActivationFormat format = histogram.format(group.bits(), group.signed());
            group.sites().forEach(site -> formats.put(site, format));
        });
        return formats;
    }

    private Map<SiteGroup, Histogram> empty() {
        Map<SiteGroup, Histogram> numbers = new LinkedHashMap<>();
        groups.forEach(group -> numbers.put(group, new Histogram()));
        return numbers;
    }

    private void add(Map<SiteGroup, Histogram> numbers, List<float[]> images) {
        BatchEvaluator.Run run = evaluator.start(images);
        add(numbers, List.of(model.input()), run);
        for (int step = 0; step < evaluator.steps().size(); step++) {
            run = evaluator.advance(run, step + 1, Map.of());
            add(numbers, evaluator.steps().get(step).outputs(), run);
        }
    }

    /** The values that have just been computed: whatever is quantized is read later, so they are all there. */
    private void add(Map<SiteGroup, Histogram> numbers, List<String> computed, BatchEvaluator.Run run) {
        numbers.forEach((group, histogram) -> {
            for (Site site : group.sites()) {
                if (computed.contains(site.value())) {
                    add(histogram, run.value(site.value()));
                }
            }
        });
    }

    private static void add(Histogram histogram, Batch values) {
        for (int i = 0; i < values.shape().size(); i++) {
            for (int image = 0; image < values.images(); image++) {
                histogram.add(values.at(i, image));
            }
        }
    }

    private static void merge(Map<SiteGroup, Histogram> sums, Map<SiteGroup, Histogram> more) {
        more.forEach((group, numbers) -> Objects.requireNonNull(sums.get(group)).add(numbers));
    }
}
