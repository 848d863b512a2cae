package org.bitloom.compression;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;

/**
 * The sum of two streams, a residual connection: {@code a·q + b + c·r + d}. With equal steps a and c it is
 * {@code a·(q + r) + (b + d)}. A step of the other sign is turned within its type; steps that are small whole multiples
 * of a common one are brought to it.
 */
final class SumFolder {
    private static final long MAX_FACTOR = 1 << 8;

    private final NetworkDraft draft;
    private final BranchFolder branches;

    SumFolder(NetworkDraft draft, BranchFolder branches) {
        this.draft = draft;
        this.branches = branches;
    }

    Stream add(String name, Stream left, Stream right) {
        if (!left.shape().equals(right.shape())) {
            throw new NetworkException("adds data of shape " + left.shape() + " to data of shape " + right.shape()
                    + "; only equal shapes (a residual connection) can be folded");
        }
        requireLines(left);
        requireLines(right);
        return addInOrder(name, left, inOrder(name, left, right));
    }

    private Stream inOrder(String name, Stream left, Stream right) {
        boolean sameShape = draft.typeOf(left.layer()).shape().equals(draft.typeOf(right.layer()).shape());
        Stream ordered = !sameShape ? null : Arrays.equals(left.places(), right.places()) ? right
                : branches.likeChannels(name + "_order", right, left);
        if (ordered == null) {
            throw new NetworkException("adds data whose elements are in different orders (one side has been reshaped or "
                    + "transposed); add them before that");
        }
        return ordered;
    }

    private Stream addInOrder(String name, Stream left, Stream right) {
        Rational[] ratios = ratios(left, right);
        Rational size = size(ratios, left, right);
        boolean[] turned = new boolean[ratios.length];
        for (int channel = 0; channel < turned.length; channel++) {
            turned[channel] = ratios[channel].signum() < 0;
        }
        boolean turnsRight = typeOf(right).levels() <= typeOf(left).levels();
        boolean[] none = new boolean[turned.length];
        Stream a = scaled(name + "_left", left, size.denominator().longValueExact(), turnsRight ? none : turned,
                left, right);
        Stream b = scaled(name + "_right", right, size.numerator().longValueExact(), turnsRight ? turned : none,
                left, right);
        int layer = draft.add(name, new Operation.Add(), List.of(a.layer(), b.layer()));
        return a.combined(layer, b, SumFolder::sum);
    }

    private static Response sum(Response a, Response b) {
        Surd offset = a.line().offset();
        Surd other = b.line().offset();
        if (!offset.isRational() && !other.isRational() && !offset.radicand().equals(other.radicand())) {
            throw new NetworkException("adds two batch-normalized values with no quantizer between; put a quantizer "
                    + "before the sum");
        }
        return new Response(List.of(new Response.Line(a.line().slope(), offset.plus(other))));
    }

    private ValueType typeOf(Stream stream) {
        return draft.typeOf(stream.layer()).type();
    }

    private Stream scaled(String name, Stream stream, long factor, boolean[] turned, Stream left, Stream right) {
        IntegerMap map = IntegerMap.scaling(typeOf(stream), factor, turned);
        if (!map.isIdentity(typeOf(stream)) && !map.isSmall()) {
            throw differentSteps(left, right);
        }
        return map.apply(draft, name, stream);
    }

    private static void requireLines(Stream stream) {
        for (Response response : stream.responses()) {
            if (!response.isLine()) {
                throw new NetworkException("adds data that is not quantized: there is an activation since the last "
                        + "quantizer; put a quantizer (Brevitas: QuantReLU, QuantIdentity) before the sum");
            }
        }
    }

    /** The right step over the left one, by integer channel. */
    private Rational[] ratios(Stream left, Stream right) {
        Rational[] ratios = new Rational[draft.typeOf(left.layer()).shape().channels()];
        Map<Response, Map<Response, Rational>> known = new IdentityHashMap<>();
        for (int i = 0; i < left.size(); i++) {
            Response a = left.responses()[i];
            Response b = right.responses()[i];
            Rational ratio = known.computeIfAbsent(a, r -> new IdentityHashMap<>()).computeIfAbsent(b, r -> {
                Rational over = b.line().slope().over(a.line().slope());
                if (over == null || over.signum() == 0) {
                    throw differentSteps(left, right);
                }
                return over;
            });
            int channel = left.places()[i] % ratios.length;
            if (ratios[channel] != null && !ratios[channel].equals(ratio)) {
                throw differentSteps(left, right);
            }
            ratios[channel] = ratio;
        }
        return ratios;
    }

    /** The magnitude that all ratios share, small enough to be made of whole factors. */
    private static Rational size(Rational[] ratios, Stream left, Stream right) {
        Rational size = ratios[0].signum() < 0 ? ratios[0].negated() : ratios[0];
        BigInteger limit = BigInteger.valueOf(MAX_FACTOR);
        boolean small = size.numerator().compareTo(limit) <= 0 && size.denominator().compareTo(limit) <= 0;
        for (Rational ratio : ratios) {
            if (!small || !ratio.equals(size) && !ratio.negated().equals(size)) {
                throw differentSteps(left, right);
            }
        }
        return size;
    }

    private static NetworkException differentSteps(Stream left, Stream right) {
        return new NetworkException("adds numbers of different quantization steps (" + step(left) + " and " + step(right)
                + "); give both sides of the sum one step: share one quantizer between them (Brevitas: the same "
                + "QuantIdentity instance before the sum on both)");
    }

    private static float step(Stream stream) {
        return (float) stream.responses()[0].line().slope().approximate();
    }
}
