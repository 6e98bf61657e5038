package io.pagecache.esi;

import io.pagecache.esi.EsiReader.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells the ESI elements of a page apart from its text. Reads the page once from beginning to end; whatever is malformed is a
 * problem with a place, and the rest counts. Used once.
 */
public final class EsiParser {
    /** Tags acted on in one page; what follows stays as it is. */
    public static final int MOST_TAGS = 2000;

    private static final int LONGEST_VARIABLE = 512;
    private static final int LONGEST_MARKER = 1024;

    private static final byte[] OPEN = ascii("<esi:");
    private static final byte[] CLOSE = ascii("</esi:");
    private static final byte[] COMMENT = ascii("<!--esi");
    private static final byte[] COMMENT_END = ascii("-->");
    private static final byte[] VARIABLE = ascii("$(");
    private static final byte[] REMOVE_END = ascii("</esi:remove");

    private final EsiPage page;
    private final EsiTree tree;
    private final byte[] markerOpen;
    private final byte[] markerClose;
    private int at;
    private int textFrom;
    private int tags;
    private int commentFrom = -1;

    /**
     * @param bytes identity form of the page
     * @param isUtf8 whether it is known to be UTF-8
     * @param markerOpen what opens a marker, whose end is no end of {@code <!--esi}
     */
    public EsiParser(ByteBuffer bytes, boolean isUtf8, String markerOpen, String markerClose) {
        this.page = new EsiPage(bytes, isUtf8);
        this.tree = new EsiTree(page);
        this.markerOpen = markerOpen.getBytes(StandardCharsets.UTF_8);
        this.markerClose = markerClose.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether there is anything of ESI in the page. */
    public boolean findsNothing() {
        return page.indexOf(OPEN, 0, page.length()) < 0
                && page.indexOf(COMMENT, 0, page.length()) < 0
                && page.indexOf(CLOSE, 0, page.length()) < 0;
    }

    public EsiDocument parse() {
        while (at < page.length()) {
            byte b = page.at(at);
            boolean taken =
                    switch (b) {
                        case '<' -> element() || comment();
                        case '-' -> commentFrom >= 0 && commentEnd();
                        case '$' -> tree.isSubstituting() && page.comes(VARIABLE, at) && variable();
                        default -> false;
                    };
            if (!taken) {
                at++;
            }
            if (tags > MOST_TAGS) {
                break;
            }
        }
        text(page.length());
        if (commentFrom >= 0) {
            tree.problem(commentFrom, "'<!--esi' has no '-->'");
        }
        return tree.finish();
    }

    /** Hands over what has been read as text. */
    private void text(int to) {
        tree.text(textFrom, to);
    }

    private void skipTo(int next) {
        at = next;
        textFrom = next;
    }

    private boolean element() {
        if (!page.comes(OPEN, at) && !page.comes(CLOSE, at)) {
            return false;
        }
        if (++tags > MOST_TAGS) {
            tree.problem(at, "more than " + MOST_TAGS + " ESI tags: this one and what follows stay as they are");
            return false;
        }
        EsiTag tag = tag();
        if (tag == null) {
            return false;
        }
        text(tag.start());
        skipTo(tag.end());
        if (tag.isClosing()) {
            tree.close(tag);
        } else if (tag.name().equals("remove")) {
            remove(tag);
        } else {
            tree.open(tag);
        }
        return true;
    }

    private @Nullable EsiTag tag() {
        try {
            EsiTag tag = page.tag(at);
            if (tag == null) {
                tree.problem(at, "the tag does not end within " + EsiPage.LONGEST_TAG + " bytes: it stays as it is");
            }
            return tag;
        } catch (Malformed malformed) {
            tree.problem(malformed.offset(), malformed.problem() + ": the tag stays as it is");
            return null;
        }
    }

    private void remove(EsiTag tag) {
        if (tag.isEmpty()) {
            return;
        }
        int close = page.indexOf(REMOVE_END, at, page.length());
        int end = close < 0 ? -1 : page.indexOf(ascii(">"), close, page.length());
        if (end < 0) {
            tree.problem(tag.start(), "'remove' has no end: nothing is removed");
        } else {
            skipTo(end + 1);
        }
    }

    private boolean comment() {
        if (commentFrom >= 0) {
            return marker();
        }
        int end = at + COMMENT.length;
        boolean isWord =
                page.comes(COMMENT, at) && (end == page.length() || page.at(end) <= ' ' || page.at(end) == '<');
        if (!isWord) {
            return false;
        }
        commentFrom = at;
        text(at);
        skipTo(end);
        return true;
    }

    /** A marker inside {@code <!--esi} keeps its own end, which may look like that of the comment. */
    private boolean marker() {
        if (!page.comes(markerOpen, at)) {
            return false;
        }
        int from = at + markerOpen.length;
        int close = page.indexOf(markerClose, from, from + LONGEST_MARKER + markerClose.length);
        if (close < 0) {
            return false;
        }
        at = close + markerClose.length;
        return true;
    }

    private boolean commentEnd() {
        if (!page.comes(COMMENT_END, at)) {
            return false;
        }
        commentFrom = -1;
        text(at);
        skipTo(at + COMMENT_END.length);
        return true;
    }

    private boolean variable() {
        int limit = Math.min(page.length(), at + LONGEST_VARIABLE);
        String ahead = page.text(at, limit);
        EsiReader reader = new EsiReader(ahead);
        try {
            EsiVariable variable = reader.variable();
            text(at);
            tree.variable(variable);
            skipTo(at + page.lengthOf(ahead.substring(0, reader.at())));
            return true;
        } catch (Malformed malformed) {
            int offset = at + page.lengthOf(ahead.substring(0, Math.min(malformed.offset(), ahead.length())));
            tree.problem(offset, malformed.problem() + ": it stays as it is");
            return false;
        }
    }
}
