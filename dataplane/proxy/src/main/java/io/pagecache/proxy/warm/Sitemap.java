package io.pagecache.proxy.warm;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * A sitemap or an index of sitemaps (sitemaps.org, protocol 0.9), or a plain list of addresses, one a line. Read by a parser that
 * knows no entities of documents and loads nothing.
 *
 * @param pages locations of pages, as written
 * @param sitemaps locations of further sitemaps, as written
 */
record Sitemap(List<String> pages, List<String> sitemaps) {

    static Sitemap read(String text) {
        if (!text.stripLeading().startsWith("<")) {
            return new Sitemap(
                    text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList(),
                    List.of());
        }
        Document document = Jsoup.parse(text, "", Parser.xmlParser());
        return new Sitemap(
                document.select("urlset > url > loc").eachText(),
                document.select("sitemapindex > sitemap > loc").eachText());
    }
}
