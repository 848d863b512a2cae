package org.bitloom.network.caffe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.protobuf.SafeText;

/**
 * A network as a file states it.
 *
 * @param inputs names and shapes of inputs that the network itself declares; layers may declare others
 */
record CaffeNet(String name, Map<String, Dimensions> inputs, List<CaffeLayer> layers) {
    private static final int AXES = 4;

    CaffeNet {
        inputs = new LinkedHashMap<>(inputs);
        layers = List.copyOf(layers);
    }

    static CaffeNet of(Message net) {
        if (net.has("layer") && net.has("layers")) {
            throw new NetworkException("has layers of the older and of the newer form; convert it with Caffe's "
                    + "upgrade_net_proto tools");
        }
        boolean old = net.has("layers");
        List<CaffeLayer> layers = new ArrayList<>();
        for (Message fields : net.messages(old ? "layers" : "layer")) {
            layers.add(CaffeLayer.of(fields, old));
        }
        if (layers.isEmpty()) {
            throw new NetworkException("is no Caffe network (it has no layers); give a .caffemodel, and the network's text "
                    + "with --prototxt");
        }
        return new CaffeNet(net.text("name").orElse(""), inputs(net), layers);
    }

    private static Map<String, Dimensions> inputs(Message net) {
        List<String> names = net.texts("input");
        List<Long> sizes = net.all("input_dim", Long.class);
        List<Message> shapes = net.messages("input_shape");
        Map<String, Dimensions> inputs = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (i < shapes.size()) {
                inputs.put(names.get(i), CaffeBlob.dimensions(shapes.get(i).all("dim", Long.class)));
            } else if (sizes.size() >= AXES * (i + 1)) {
                inputs.put(names.get(i), CaffeBlob.dimensions(sizes.subList(AXES * i, AXES * (i + 1))));
            } else {
                throw new NetworkException("the input " + SafeText.quoted(names.get(i))
                        + " has no shape; give it an input_shape of 4 dimensions");
            }
        }
        return inputs;
    }

    /** This network with what another one, of the same layer names, has learned. */
    CaffeNet learnedBy(CaffeNet trained) {
        Map<String, List<Tensor>> blobs = new LinkedHashMap<>();
        trained.layers.stream().filter(layer -> !layer.blobs().isEmpty())
                .forEach(layer -> blobs.put(layer.name(), layer.blobs()));
        return new CaffeNet(name, inputs, layers.stream()
                .map(layer -> layer.withBlobs(blobs.getOrDefault(layer.name(), List.of()))).toList());
    }
}
