package io.pagecache.wiki.article;

/**
 * Turns an article's markup into HTML: paragraphs, {@code == headings ==}, {@code * lists}, {@code '''bold'''} and
 * {@code [[links]]}.
 *
 * <p>What visitors type is escaped before anything else looks at it: no {@code <} of theirs is left in the result, so their text
 * can be neither markup nor a marker ({@code <!--pc:…}) that the cache in front would act on. The tags in the result are all of
 * this class's making.
 */
public final class MarkupRenderer {
    private static final String BOLD = "&#39;&#39;&#39;";

    private MarkupRenderer() {}

    public static String toHtml(String text) {
        StringBuilder html = new StringBuilder(text.length() * 2);
        Block block = Block.NONE;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String content = line.strip();
            Block next = Block.of(content);
            if (next != block || next == Block.HEADING) {
                html.append(block.close).append(next.open);
            } else if (next == Block.PARAGRAPH) {
                html.append('\n');
            }
            block = next;
            appendLine(html, content, block);
        }
        return html.append(block.close).toString();
    }

    private static void appendLine(StringBuilder html, String content, Block block) {
        switch (block) {
            case NONE -> {}
            case PARAGRAPH -> appendInline(html, content);
            case HEADING ->
                appendInline(html, content.substring(2, content.length() - 2).strip());
            case LIST -> {
                html.append("<li>");
                appendInline(html, content.substring(2).strip());
                html.append("</li>");
            }
        }
    }

    private static void appendInline(StringBuilder html, String typed) {
        String text = escape(typed);
        boolean bold = false;
        int at = 0;
        while (at < text.length()) {
            int linkEnd = text.startsWith("[[", at) ? text.indexOf("]]", at) : -1;
            if (text.startsWith(BOLD, at)) {
                html.append(bold ? "</strong>" : "<strong>");
                bold = !bold;
                at += BOLD.length();
            } else if (linkEnd > 0) {
                appendLink(html, text.substring(at + 2, linkEnd).strip());
                at = linkEnd + 2;
            } else {
                html.append(text.charAt(at++));
            }
        }
        html.append(bold ? "</strong>" : "");
    }

    private static void appendLink(StringBuilder html, String label) {
        ArticleName.parse(label.replace(' ', '_'))
                .ifPresentOrElse(
                        name -> html.append("<a href=\"/wiki/%s\">%s</a>".formatted(name, name.title())),
                        () -> html.append("[[").append(label).append("]]"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private enum Block {
        NONE("", ""),
        PARAGRAPH("<p>", "</p>"),
        HEADING("<h2>", "</h2>"),
        LIST("<ul>", "</ul>");

        private final String open;
        private final String close;

        Block(String open, String close) {
            this.open = open;
            this.close = close;
        }

        static Block of(String line) {
            if (line.isEmpty()) {
                return NONE;
            }
            if (line.length() > 4 && line.startsWith("==") && line.endsWith("==")) {
                return HEADING;
            }
            return line.startsWith("* ") ? LIST : PARAGRAPH;
        }
    }
}
