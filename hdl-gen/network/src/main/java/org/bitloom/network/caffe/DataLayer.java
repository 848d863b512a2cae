package org.bitloom.network.caffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;

/** A layer that brings images into a network: their shape, as far as it states one, and what it does to them first. */
record DataLayer(CaffeLayer layer) {
    private static final Set<String> TYPES = Set.of("Data", "ImageData", "MemoryData", "HDF5Data", "WindowData",
            "DummyData", "Input", "AnnotatedData");
    private static final List<String> OLD_PARAMETERS = List.of("data_param", "image_data_param", "window_data_param");

    static boolean is(CaffeLayer layer) {
        return TYPES.contains(layer.type());
    }

    /** Those of the tested network; where there are none, those of the trained one. */
    static List<DataLayer> of(CaffeNet net) {
        List<DataLayer> all = net.layers().stream().filter(DataLayer::is).map(DataLayer::new).toList();
        List<DataLayer> tested = all.stream().filter(data -> Phase.tests(data.layer)).toList();
        return tested.isEmpty() ? all : tested;
    }

    /** The shape of a top, without the batch's meaning; empty when the layer leaves it to the data. */
    Optional<Dimensions> shape(int top) {
        Message fields = layer.fields();
        try {
            List<Message> stated = Stream.of("input_param", "dummy_data_param")
                    .flatMap(name -> fields.message(name).messages("shape").stream()).toList();
            if (!stated.isEmpty()) {
                return Optional.of(CaffeBlob.dimensions(
                        stated.get(Math.min(top, stated.size() - 1)).all("dim", Long.class)));
            }
            for (String name : List.of("memory_data_param", "dummy_data_param")) {
                Message data = fields.message(name);
                if (data.has("height") && top == 0) {
                    List<Long> sizes = new ArrayList<>(List.of(1L));
                    Stream.of("channels", "height", "width").forEach(axis -> sizes.add(data.integer(axis, 1)));
                    return Optional.of(CaffeBlob.dimensions(sizes));
                }
            }
            return Optional.empty();
        } catch (NetworkException e) {
            throw layer.problem(e);
        }
    }

    private Message transform() {
        Message fields = layer.fields();
        return fields.has("transform_param") ? fields.message("transform_param")
                : OLD_PARAMETERS.stream().filter(fields::has).map(fields::message).findFirst().orElse(Message.EMPTY);
    }

    float scale() {
        return (float) transform().number("scale", 1);
    }

    /** Side of the square that is cut from the middle of an image; 0 for the whole image. */
    int crop() {
        return transform().size("crop_size", 0, 0);
    }

    Optional<String> meanFile() {
        return transform().text("mean_file").filter(name -> !name.isBlank());
    }

    List<Float> meanValues() {
        return transform().all("mean_value", Double.class).stream().map(Double::floatValue).toList();
    }
}
