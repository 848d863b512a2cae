package org.bitloom.cli.report;

import java.util.List;

/** An HTML page under construction: headings, paragraphs, tables, and figures that lie beside it. */
public final class Page {
    private final StringBuilder body = new StringBuilder();
    private final String title;

    public Page(String title) {
        this.title = title;
    }

    public Page heading(String text) {
        body.append("<h2>").append(Markup.safe(text)).append("</h2>\n");
        return this;
    }

    public Page paragraph(String text) {
        body.append("<p>").append(Markup.safe(text)).append("</p>\n");
        return this;
    }

    /** Cells that look like numbers stand at the right. */
    public Page table(List<String> heads, List<List<String>> rows) {
        body.append("<table>\n<tr>");
        heads.forEach(head -> body.append("<th>").append(Markup.safe(head)).append("</th>"));
        body.append("</tr>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (String cell : row) {
                body.append(cell.matches("[-+(]?[0-9][0-9.,%)]*") ? "<td class=\"number\">" : "<td>")
                        .append(Markup.safe(cell))
                        .append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</table>\n");
        return this;
    }

    /** @param file where the figure lies, seen from the page */
    public Page figure(String file, String caption) {
        body.append("<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>\n"
                .formatted(Markup.safe(file), Markup.safe(caption), Markup.safe(caption)));
        return this;
    }

    public Page link(String file, String text) {
        body.append("<p><a href=\"%s\">%s</a></p>\n".formatted(Markup.safe(file), Markup.safe(text)));
        return this;
    }

    public String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>%s</title>
                <style>
                body { font: 15px/1.45 sans-serif; color: #1a1a1a; max-width: 62em; margin: 2em auto; padding: 0 1em; }
                h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin-top: 2em; }
                table { border-collapse: collapse; margin: 1em 0; }
                th, td { padding: .2em .9em .2em 0; text-align: left; border-bottom: 1px solid #d8d8d8; }
                td.number { text-align: right; font-variant-numeric: tabular-nums; }
                figure { margin: 1.5em 0; } img { max-width: 100%%; } figcaption { color: #555; font-size: .9em; }
                </style>
                </head>
                <body>
                <h1>%s</h1>
                """
                        .formatted(Markup.safe(title), Markup.safe(title))
                + body + "</body>\n</html>\n";
    }
}
