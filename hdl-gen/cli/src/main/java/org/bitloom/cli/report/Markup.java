package org.bitloom.cli.report;

import java.util.Locale;

/** What SVG and HTML have in common: text that is safe in them, and numbers without noise. */
final class Markup {
    private Markup() {}

    static String safe(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** At most two decimals. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "").replaceAll("^-0$", "0");
    }
}
