package io.pagecache.proxy.warm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a site says to crawlers: links, sitemaps, rules. */
class CrawlTextsTest {
    private static final Site SITE = Site.of("http://a.test");

    private static java.util.List<String> links(String html) {
        return PageLinks.in(html.getBytes(UTF_8), "utf-8", SITE, "/dir/page");
    }

    @Test
    void shouldFindTheLinksOfAPage() {
        assertThat(links("<a href=one>1</a><a href='/two#x'>2</a><a href=http://b.test/>b</a><img src=/i.png>"))
                .containsExactly("/dir/one", "/two");
    }

    @Test
    void shouldResolveAgainstTheBaseOfThePage() {
        assertThat(links("<base href='/other/'><a href=one>1</a>")).containsExactly("/other/one");
        assertThat(links("<base href='http://b.test/'><a href=one>1</a>")).isEmpty();
    }

    @Test
    void shouldNotFollowWhatAsksNotToBeFollowed() {
        assertThat(links("<a rel='ugc nofollow' href=one>1</a><a href=two>2</a>"))
                .containsExactly("/dir/two");
        assertThat(links("<meta name=robots content='noindex,nofollow'><a href=one>1</a>"))
                .isEmpty();
    }

    @Test
    void shouldReadAPageOfUnknownCharset() {
        assertThat(PageLinks.in("<a href=/a>".getBytes(UTF_8), "no-such-charset", SITE, "/"))
                .containsExactly("/a");
    }

    @Test
    void shouldReadASitemap() {
        Sitemap sitemap = Sitemap.read(
                "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                        + "<url><loc> http://a.test/1 </loc></url><url><loc>http://a.test/2?a=1&amp;b=2</loc></url></urlset>");

        assertThat(sitemap.pages()).containsExactly("http://a.test/1", "http://a.test/2?a=1&b=2");
        assertThat(sitemap.sitemaps()).isEmpty();
    }

    @Test
    void shouldReadAnIndexOfSitemaps() {
        Sitemap sitemap =
                Sitemap.read("<sitemapindex><sitemap><loc>http://a.test/s1.xml</loc></sitemap></sitemapindex>");

        assertThat(sitemap.sitemaps()).containsExactly("http://a.test/s1.xml");
    }

    @Test
    void shouldReadAPlainList() {
        assertThat(Sitemap.read("http://a.test/1\r\n\r\nhttp://a.test/2\n").pages())
                .containsExactly("http://a.test/1", "http://a.test/2");
    }

    @Test
    @DisplayName("E21 A sitemap cannot make the proxy read files")
    void shouldNotResolveEntities() {
        Sitemap sitemap = Sitemap.read("<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
                + "<urlset><url><loc>http://a.test/&x;</loc></url></urlset>");

        assertThat(sitemap.pages()).containsExactly("http://a.test/&x;");
    }

    @Test
    void shouldObeyTheGroupForWarmUps() {
        Robots robots = Robots.read(
                SITE, 200, "User-agent: *\nDisallow: /\n\nUser-agent: pagecache\nDisallow: /private\n".getBytes(UTF_8));

        assertThat(robots.allows("/a")).isTrue();
        assertThat(robots.allows("/private/a")).isFalse();
    }

    @Test
    void shouldObeyTheGroupForEverybody() {
        Robots robots = Robots.read(SITE, 200, "User-agent: *\nDisallow: /cgi\n".getBytes(UTF_8));

        assertThat(robots.allows("/cgi/a")).isFalse();
        assertThat(robots.allows("/a?b=c")).isTrue();
    }

    @Test
    @DisplayName("RFC 9309 2.3.1.3: a site without rules forbids nothing")
    void shouldAllowAllWithoutRules() {
        assertThat(Robots.read(SITE, 404, new byte[0]).allows("/a")).isTrue();
    }
}
