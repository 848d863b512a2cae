package org.bitloom.network.caffe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What enters a network, and what is done to it before the first layer: {@code (pixel − mean) · scale}.
 *
 * @param blob name by which the layers read it
 * @param mean as large as the input or broadcast to it; null for none
 */
record CaffeInput(String blob, Dimensions shape, @Nullable Tensor mean, float scale, List<String> notes) {

    /**
     * Finds out what enters {@code net}.
     *
     * @param trained the network in the .caffemodel: its data layer counts where {@code net} has none
     */
    static CaffeInput of(CaffeNet net, CaffeNet trained, Path model, CaffeOptions options) {
        List<String> notes = new ArrayList<>();
        List<DataLayer> own = DataLayer.of(net);
        Map<String, Optional<Dimensions>> declared = new LinkedHashMap<>();
        net.inputs().forEach((name, shape) -> declared.put(name, Optional.of(shape)));
        for (DataLayer data : own) {
            for (int top = 0; top < data.layer().tops().size(); top++) {
                declared.putIfAbsent(data.layer().tops().get(top), data.shape(top));
            }
        }
        List<CaffeLayer> computing = net.layers().stream()
                .filter(layer -> Phase.tests(layer) && !DataLayer.is(layer) && !LayerRules.judges(layer)).toList();
        declared.keySet().removeIf(blob -> computing.stream().noneMatch(layer -> layer.bottoms().contains(blob)));
        if (declared.isEmpty()) {
            throw new NetworkException("has no input that a layer reads; it needs a data layer, or an input with its shape");
        }
        if (declared.size() != 1) {
            throw new NetworkException("has " + declared.size() + " inputs that layers read " + declared.keySet()
                    + "; networks of exactly one are supported");
        }
        String blob = declared.keySet().iterator().next();
        Optional<DataLayer> data = (own.isEmpty() ? DataLayer.of(trained) : own).stream().findFirst();
        Tensor image = image(data, model, options, notes);
        Optional<Dimensions> stated = options.input() != null ? Optional.of(options.input())
                : declared.getOrDefault(blob, Optional.empty()).or(() -> cropped(data, computing, blob))
                        .or(() -> Optional.ofNullable(image).map(Tensor::shape));
        Dimensions shape = oneImage(stated.orElseThrow(() -> new NetworkException("does not state the shape of its input; "
                + "give it with --input CHANNELSxROWSxCOLUMNS (MNIST: 1x28x28), or the network's text with --prototxt "
                + "FILE")), notes);
        Tensor mean = image != null ? MeanImage.cut(image, shape)
                : MeanImage.ofValues(data.map(DataLayer::meanValues).orElse(List.of()), shape).orElse(null);
        float scale = options.scale() != null ? options.scale() : data.map(DataLayer::scale).orElse(1f);
        if (!(Float.isFinite(scale) && scale != 0)) {
            throw new NetworkException("scales its input by " + scale + "; give a scale that is finite and not 0");
        }
        return new CaffeInput(blob, shape, mean, scale, List.copyOf(notes));
    }

    private static @Nullable Tensor image(Optional<DataLayer> data, Path model, CaffeOptions options, List<String> notes) {
        if (options.mean() != null) {
            return MeanImage.read(options.mean());
        }
        Optional<String> named = data.flatMap(DataLayer::meanFile);
        if (named.isEmpty()) {
            return null;
        }
        Path file = MeanImage.besides(model, named.get());
        notes.add("The mean image is " + file.getFileName() + ", beside the model.");
        return MeanImage.read(file);
    }

    /** A crop is a square; how many channels it has is known to the convolution that reads it. */
    private static Optional<Dimensions> cropped(Optional<DataLayer> data, List<CaffeLayer> computing, String blob) {
        int side = data.map(DataLayer::crop).orElse(0);
        return side == 0 ? Optional.empty() : computing.stream()
                .filter(layer -> layer.bottoms().contains(blob) && layer.type().endsWith("Convolution")
                        && !layer.blobs().isEmpty() && layer.blobs().getFirst().shape().rank() == 4)
                .findFirst()
                .map(layer -> Dimensions.of(1, layer.blobs().getFirst().shape().at(1)
                        * layer.fields().message("convolution_param").size("group", 1, 1), side, side));
    }

    /** One image of the batch that a file or a user states. */
    private static Dimensions oneImage(Dimensions stated, List<String> notes) {
        List<Integer> sizes = new ArrayList<>(stated.sizes());
        if (sizes.size() == 3 || sizes.size() == 1) {
            sizes.addFirst(1);
        }
        if (sizes.size() != 4 && sizes.size() != 2 || sizes.contains(0)) {
            throw new NetworkException("has an input of shape " + stated + "; only images of [channel, row, column] and "
                    + "vectors are supported");
        }
        if (sizes.getFirst() != 1) {
            notes.add("The batch of " + sizes.getFirst() + " is taken as 1.");
            sizes.set(0, 1);
        }
        return new Dimensions(sizes);
    }
}
