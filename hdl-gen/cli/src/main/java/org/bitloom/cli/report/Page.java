package org.bitloom.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An HTML page under construction: headings, paragraphs, tables and figures. It is whole without any other file; each
 * figure is a file beside it too.
 */
public final class Page {
    private static final String FILE = "report.html";
    private static final Pattern NUMBER = Pattern.compile("([-+(]?[0-9][0-9.,]*( ?%)?\\)?)?");

    private final StringBuilder body = new StringBuilder();
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final String title;
    private final String folder;

    /** @param folder of its figures' files, seen from the page */
    public Page(String title, String folder) {
        this.title = title;
        this.folder = folder;
    }

    public Page heading(String text) {
        body.append("<h2>").append(Markup.safe(text)).append("</h2>\n");
        return this;
    }

    public Page paragraph(String text) {
        body.append("<p>").append(Markup.safe(text)).append("</p>\n");
        return this;
    }

    /** Columns of numbers stand at the right. */
    public Page table(List<String> heads, List<List<String>> rows) {
        body.append("<table>\n");
        row("th", heads, rows);
        rows.forEach(row -> row("td", row, rows));
        body.append("</table>\n");
        return this;
    }

    /** Names at the left, what is to be said of each at the right. */
    public Page list(List<List<String>> rows) {
        body.append("<table>\n");
        rows.forEach(row -> row("td", row, List.of()));
        body.append("</table>\n");
        return this;
    }

    private void row(String tag, List<String> cells, List<List<String>> all) {
        body.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            int column = i;
            boolean numbers = !all.isEmpty() && all.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
            body.append('<').append(tag).append(numbers ? " class=\"number\">" : ">")
                    .append(Markup.safe(cells.get(i)))
                    .append("</").append(tag).append('>');
        }
        body.append("</tr>\n");
    }

    /** @param name of the figure's file, without its ending */
    public Page figure(String name, String svg, String caption) {
        String file = unused("%s/%s".formatted(folder, name.replaceAll("[^A-Za-z0-9_.-]", "_")));
        figures.put(file, svg);
        body.append("<figure>\n%s<figcaption>%s <a href=\"%s\">SVG</a></figcaption></figure>\n"
                .formatted(svg, Markup.safe(caption), Markup.safe(file)));
        return this;
    }

    private String unused(String path) {
        String file = path + ".svg";
        for (int i = 1; figures.containsKey(file); i++) {
            file = path + "_" + i + ".svg";
        }
        return file;
    }

    public Page link(String file, String text) {
        body.append("<p><a href=\"%s\">%s</a></p>\n".formatted(Markup.safe(file), Markup.safe(text)));
        return this;
    }

    /** The page and its figures, by their path from the page's folder. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>(figures);
        files.put(FILE, html());
        return files;
    }

    /** Writes {@link #files}, the page last. */
    public void writeTo(Path target) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private String html() {
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
                td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
                figure { margin: 1.5em 0; } svg { max-width: 100%%; height: auto; } figcaption { color: #555; font-size: .9em; }
                </style>
                </head>
                <body>
                <h1>%s</h1>
                """
                        .formatted(Markup.safe(title), Markup.safe(title))
                + body + "</body>\n</html>\n";
    }
}
