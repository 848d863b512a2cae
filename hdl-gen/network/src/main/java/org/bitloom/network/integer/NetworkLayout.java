package org.bitloom.network.integer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.util.Set;

/** A line for each name, each row of weights and each channel's thresholds; short lists stay on one line. */
final class NetworkLayout extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> LONG_LISTS = Set.of("layers", "data", "thresholds");
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    NetworkLayout() {
        super(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        indentObjectsWith(LINES);
        indentArraysWith(new LongLists());
    }

    private NetworkLayout(NetworkLayout base) {
        super(base);
    }

    @Override
    public NetworkLayout createInstance() {
        return new NetworkLayout(this);
    }

    private static final class LongLists implements Indenter {
        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            JsonStreamContext holder = json.getOutputContext();
            JsonStreamContext list = holder.inArray() ? holder.getParent() : holder;
            if (list.hasCurrentName() && LONG_LISTS.contains(list.getCurrentName())) {
                LINES.writeIndentation(json, level);
            }
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }
}
