package io.pagecache.proxy.warm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The links of an HTML page that a crawler may follow. */
final class PageLinks {
    private static final int MOST = 2_000;

    private PageLinks() {}

    /**
     * @param charset named by the answer's {@code Content-Type}, or null
     * @param from path and query of the page
     * @return paths and queries on the same site, in the order of the page
     */
    static List<String> in(byte[] html, @Nullable String charset, Site site, String from) {
        Document page = parse(html, charset);
        List<String> links = new ArrayList<>();
        if (!mayFollow(page)) {
            return links;
        }
        Element base = page.selectFirst("base[href]");
        String start = base == null ? from : site.targetOf(base.attr("href"), from);
        if (start == null) {
            return links;
        }
        for (Element anchor : page.select("a[href], area[href], link[rel=next][href]")) {
            String target = has(anchor.attr("rel"), "nofollow") ? null : site.targetOf(anchor.attr("href"), start);
            if (target != null && links.size() < MOST) {
                links.add(target);
            }
        }
        return links;
    }

    /** Without a word of the header the page's own counts, as in browsers. */
    private static Document parse(byte[] html, @Nullable String charset) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(html), charset, "");
        } catch (IOException | IllegalArgumentException unknownCharset) {
            return Jsoup.parse(new String(html, StandardCharsets.ISO_8859_1));
        }
    }

    private static boolean mayFollow(Document page) {
        for (Element meta : page.select("meta[name=robots]")) {
            if (has(meta.attr("content"), "nofollow") || has(meta.attr("content"), "none")) {
                return false;
            }
        }
        return true;
    }

    /** Whether the word is among those that blanks and commas part. */
    private static boolean has(String words, String word) {
        String lower = ' ' + words.toLowerCase(Locale.ROOT).replace(',', ' ') + ' ';
        return lower.contains(' ' + word + ' ');
    }
}
