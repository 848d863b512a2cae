package org.bitloom.compression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bitloom.network.Rational;
import org.bitloom.network.model.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * A float tensor of the model, described exactly by what the integer network already computes: element i is
 * {@code responses[i].at(output[places[i]])}, output being that of an integer layer, all of whose elements occur once.
 * Elements with the same response share the object. Neither array is ever written after construction.
 *
 * @param layer   index of an integer layer, or IntegerNetwork.INPUT
 * @param reading how the model reads a class from here on when nothing may follow any more, for example a softmax
 */
record Stream(int layer, Dimensions shape, int[] places, Response[] responses, @Nullable String reading) implements Value {

    /** The output of a layer in its own order, every element with the same meaning. */
    static Stream of(int layer, Dimensions shape, Response response) {
        Response[] responses = new Response[shape.size()];
        Arrays.fill(responses, response);
        return of(layer, shape, responses);
    }

    static Stream of(int layer, Dimensions shape, Response[] responses) {
        int[] places = new int[shape.size()];
        Arrays.setAll(places, i -> i);
        return new Stream(layer, shape, places, responses, null);
    }

    int size() {
        return places.length;
    }

    @Override
    public Stream reshaped(Dimensions target) {
        return new Stream(layer, target, places, responses, reading);
    }

    /** The elements in another order. */
    @Override
    public Stream moved(Dimensions target, int[] indexes) {
        int[] movedPlaces = new int[indexes.length];
        Response[] movedResponses = new Response[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            movedPlaces[i] = places[indexes[i]];
            movedResponses[i] = responses[indexes[i]];
        }
        return new Stream(layer, target, movedPlaces, movedResponses, reading);
    }

    Stream read(String by) {
        return new Stream(layer, shape, places, responses, by);
    }

    Stream map(UnaryOperator<Response> change) {
        return map(new int[size()], new Rational[] {Rational.ZERO}, (response, unused) -> change.apply(response));
    }

    /** Changes each element's response by the constant with the element's index; equal pairs are computed once. */
    <C> Stream map(int[] indexes, C[] constants, BiFunction<Response, C, Response> change) {
        Map<Response, Map<Integer, Response>> done = new IdentityHashMap<>();
        Response[] changed = new Response[size()];
        for (int i = 0; i < changed.length; i++) {
            Response response = responses[i];
            changed[i] = done.computeIfAbsent(response, r -> new HashMap<>())
                    .computeIfAbsent(indexes[i], index -> change.apply(response, constants[index]));
        }
        return new Stream(layer, shape, places, changed, reading);
    }

    /** The same numbers said of a layer whose integers are {@code factor · q + term} by channel. */
    Stream remapped(int target, long[] factors, long[] terms) {
        Map<Response, Map<Integer, Response>> done = new IdentityHashMap<>();
        Response[] changed = new Response[size()];
        for (int i = 0; i < changed.length; i++) {
            int channel = places[i] % factors.length;
            boolean same = factors[channel] == 1 && terms[channel] == 0;
            Response response = responses[i];
            changed[i] = same ? response : done.computeIfAbsent(response, r -> new HashMap<>())
                    .computeIfAbsent(channel, c -> response.remapped(factors[c], terms[c]));
        }
        return new Stream(target, shape, places, changed, reading);
    }

    /** Both streams' elements brought together in a layer that has them at the same places. */
    Stream combined(int target, Stream other, BinaryOperator<Response> change) {
        Map<Response, Map<Response, Response>> done = new IdentityHashMap<>();
        Response[] changed = new Response[size()];
        for (int i = 0; i < changed.length; i++) {
            Response a = responses[i];
            changed[i] = done.computeIfAbsent(a, r -> new IdentityHashMap<>())
                    .computeIfAbsent(other.responses[i], b -> change.apply(a, b));
        }
        return new Stream(target, shape, places, changed, null);
    }

    /** Whether the elements are in the layer's own order. */
    boolean isInOrder() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** The one response of all elements, or null. */
    @Nullable Response common() {
        for (Response response : responses) {
            if (response != responses[0] && !response.equals(responses[0])) {
                return null;
            }
        }
        return responses[0];
    }
}
