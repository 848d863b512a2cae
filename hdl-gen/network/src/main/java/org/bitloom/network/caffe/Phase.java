package org.bitloom.network.caffe;

import java.util.List;

/**
 * Which layers belong to the network that is tested: phase TEST, level 0, no stages. Rules as Net::StateMeetsRule in
 * Caffe: any matching {@code include} is enough, any matching {@code exclude} too much.
 */
final class Phase {
    private Phase() {
    }

    static boolean tests(CaffeLayer layer) {
        List<Message> includes = layer.fields().messages("include");
        return includes.isEmpty() ? layer.fields().messages("exclude").stream().noneMatch(Phase::holds)
                : includes.stream().anyMatch(Phase::holds);
    }

    private static boolean holds(Message rule) {
        return rule.text("phase").orElse("TEST").equals("TEST") && rule.integer("min_level", 0) <= 0
                && rule.integer("max_level", 0) >= 0 && rule.texts("stage").isEmpty();
    }
}
