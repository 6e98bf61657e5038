package io.pagecache.e2e.demo;

import static io.pagecache.e2e.demo.Story.check;
import static org.awaitility.Awaitility.await;

import io.pagecache.e2e.actors.Visitor;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What readers see of cached pages that are not the same for all of them. */
final class LivelyPages {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation;
    private final Narrator narrator;
    private final Visitor reader;

    LivelyPages(Installation installation, Narrator narrator, Visitor reader) {
        this.installation = installation;
        this.narrator = narrator;
        this.reader = reader;
    }

    void tell() throws Exception {
        personalPages();
        variants();
        fragments();
    }

    private void personalPages() throws Exception {
        narrator.step("one cached page greets each reader by name", () -> {
            reader.get("/wiki/Lighthouse");
            Visitor.Reply anna = reader.get("/wiki/Lighthouse", "Cookie", "user=Anna");
            Visitor.Reply boris = reader.get("/wiki/Lighthouse", "Cookie", "user=Boris");
            check(
                    anna.isHit() && anna.body().contains("Anna") && !anna.body().contains("Boris"),
                    "Anna's hit was expected",
                    anna);
            check(
                    boris.isHit()
                            && boris.body().contains("Boris")
                            && !boris.body().contains("Anna"),
                    "Boris's hit was expected",
                    boris);
            return "Anna and Boris each see their name; both are hits";
        });
        if (installation.memcachedManifest() != null) {
            narrator.step("the cached page counts its views in memcached", () -> {
                Visitor.Reply once = reader.get("/wiki/Tides");
                await("a count that goes on").atMost(SOON).until(() -> views() > 0);
                long before = views();
                long after = views();
                check(after == before + 1, "view " + (before + 1) + " was expected, not " + after, once);
                return "view " + after + " of a page that was built once";
            });
        }
    }

    private void variants() throws Exception {
        narrator.step("one URL in the reader's language", () -> {
            String[] german = {"Accept-Language", "de-AT, de;q=0.9"};
            reader.get("/wiki/Lighthouse", german);
            Visitor.Reply inGerman = reader.get("/wiki/Lighthouse", german);
            Visitor.Reply inEnglish = reader.get("/wiki/Lighthouse", "Accept-Language", "en");
            check(
                    inGerman.isHit() && inGerman.body().contains("<html lang=\"de\">"),
                    "a hit in German was expected",
                    inGerman);
            check(
                    inEnglish.isHit() && inEnglish.body().contains("<html lang=\"en\">"),
                    "a hit in English was expected",
                    inEnglish);
            return "German and English readers each have a page in cache";
        });
        narrator.step("an experiment: two home pages, each cached, and readers stay with theirs", () -> {
            Visitor.Reply plain = secondLook("/", "Cookie", "hero=a");
            Visitor.Reply inviting = secondLook("/", "Cookie", "hero=b");
            check(plain.isHit() && !plain.body().contains("invites"), "group a's page was expected", plain);
            check(inviting.isHit() && inviting.body().contains("invites"), "group b's page was expected", inviting);
            return "hits for both groups";
        });
    }

    private void fragments() throws Exception {
        narrator.step("a cached page is joined with a fragment that lives for itself (ESI)", () -> {
            Visitor.Reply news = secondLook("/news");
            check(news.isHit() && isJoined(news), "a hit with the list of changes was expected", news);
            long pages = installation.originRequests("/news");
            long fragments = installation.originRequests("/news/recent");
            await("the fragment's 10 seconds are over")
                    .atMost(SOON)
                    .until(() ->
                            isJoined(reader.get("/news")) && installation.originRequests("/news/recent") > fragments);
            check(installation.originRequests("/news") == pages, "the page around it should not be built anew", news);
            return "the fragment was built anew after its 10 seconds, the page around it was not";
        });
    }

    private static boolean isJoined(Visitor.Reply news) {
        return news.body().contains("id=\"recent\"") && !news.body().contains("<esi:");
    }

    private Visitor.Reply secondLook(String path, String... headers) {
        reader.get(path, headers);
        return reader.get(path, headers);
    }

    /** The number on the page, which the look at it has counted; 0 when there is none. */
    private long views() {
        Matcher count = Pattern.compile("id=\"views\">(\\d+)<")
                .matcher(reader.get("/wiki/Tides").body());
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }
}
