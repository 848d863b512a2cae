package org.bitloom.network.onnx;

import java.util.Set;
import java.util.TreeSet;
import org.bitloom.network.NetworkException;

/** Which operator sets, versions and operators are taken, and how a refusal of the others reads. */
final class OperatorSets {
    private static final long OLDEST = 7;
    private static final long NEWEST = 28;
    private static final Set<String> CONTROL_FLOW = Set.of("If", "Loop", "Scan", "SequenceMap");

    private OperatorSets() {
    }

    /** The version of the standard operator set that a file imports. */
    static long standardVersion(OnnxModel file) {
        long version = 0;
        for (OnnxOpset imported : file.opsets()) {
            if (isStandard(imported.domain())) {
                version = imported.version();
            }
        }
        if (version < OLDEST || version > NEWEST) {
            throw new NetworkException((version == 0 ? "imports no standard operator set"
                    : "imports the standard operator set of version " + version) + "; versions " + OLDEST + " to "
                    + NEWEST + " are supported: export with one of them (opset_version=17, say)");
        }
        return version;
    }

    static boolean isStandard(OnnxNode node) {
        return isStandard(node.domain());
    }

    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /** How a node is translated, or a refusal that lists what could be. */
    static Translation.Rule rule(OnnxNode node) {
        Translation.Rule rule = isStandard(node) ? StandardRules.ALL.get(node.opType())
                : node.domain().equals(SpatialRules.CHANNELS_LAST_DOMAIN) ? SpatialRules.CHANNELS_LAST.get(node.opType())
                : QuantizerRules.knowsDomain(node.domain()) ? QuantizerRules.ALL.get(node.opType()) : null;
        if (rule != null) {
            return rule;
        }
        if (isStandard(node) && CONTROL_FLOW.contains(node.opType())) {
            throw controlFlow();
        }
        Set<String> supported = new TreeSet<>(StandardRules.ALL.keySet());
        supported.addAll(ConstantRules.ALL.keySet());
        supported.addAll(QuantizerRules.ALL.keySet());
        supported.add("Cast");
        String domain = isStandard(node) ? "" : " of the operator set " + OnnxNode.quoted(node.domain());
        String hint = node.opType().equals("QuantizeLinear") || node.opType().equals("DequantizeLinear")
                ? "export as QONNX (Brevitas: export_qonnx) instead of QCDQ; " : "";
        throw new NetworkException("operator " + OnnxNode.printable(node.opType()) + domain + " is not supported; "
                + hint + "supported: " + String.join(", ", supported));
    }

    static void requireNoGraph(OnnxNode node) {
        for (OnnxAttribute attribute : node.attributes()) {
            if (attribute instanceof OnnxAttribute.Other(String name, String kind) && kind.equals("graph")) {
                throw controlFlow();
            }
        }
    }

    private static NetworkException controlFlow() {
        return new NetworkException("control flow (a graph inside a node) is not supported; export with fixed shapes "
                + "and dynamo=False, so that the branch or loop is resolved");
    }
}
