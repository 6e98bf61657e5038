package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages that each proxy fetches before anybody asks for them, and when. */
@ValidationRule(
        value = "(has(self.urls) && size(self.urls) > 0) || has(self.sitemap) || has(self.crawl)",
        message = "at least one of urls, sitemap and crawl must be set")
public record WarmUpSpec(
        @JsonPropertyDescription(
                "Scheme and authority that readers see, such as https://www.example.com. Pages are kept under them, and"
                        + " links that lead elsewhere are not followed. Unset: http:// and the first of spec.hosts.")
        @Pattern(Patterns.ORIGIN_URL)
        @Size(max = 300)
        @Nullable
        String site,

        @JsonPropertyDescription("Paths of pages, with their query.") @Size(max = 1000)
        List<@Pattern(Patterns.PATH) @Size(max = 2048) String> urls,

        @JsonPropertyDescription("Path of a sitemap, or of an index of sitemaps; they may be gzipped.")
        @Pattern(Patterns.PATH)
        @Size(max = 2048)
        @Nullable
        String sitemap,

        @JsonPropertyDescription("Pages found by links. The site's robots.txt is obeyed, by everything here.") @Nullable
        Crawl crawl,

        @JsonPropertyDescription("Path prefixes, of whole segments, that are left out.") @Size(max = 100)
        List<@Pattern(Patterns.PATH) @Size(max = 1024) String> exclude,

        @JsonPropertyDescription(
                "Each page is fetched once for each of these, such as once per language. Empty: once, as a client"
                        + " without preferences.")
        @Size(max = 16)
        List<Variant> variants,

        @JsonPropertyDescription(
                "Whether a proxy warms up when it starts. It serves meanwhile: readiness does not wait for this.")
        @Default("true")
        Boolean onStart,

        @JsonPropertyDescription("Whether each purge, whoever asked for it, is followed by a warm-up.")
        @Default("false")
        Boolean onPurge,

        @JsonPropertyDescription(
                "When to warm up: minute, hour, day of month, month and day of week, as in cron, such as 10 3 * * *.")
        @Size(min = 9, max = 128)
        @Nullable
        String schedule,

        @JsonPropertyDescription("Time zone of the schedule, by its name in the IANA database.")
        @Default("UTC")
        @Size(min = 1, max = 64)
        String timeZone,

        @JsonPropertyDescription("Pages asked for in a second, at most, by each proxy.")
        @Default("20")
        @Min(1)
        @Max(1000)
        Integer ratePerSecond,

        @JsonPropertyDescription("Pages in one run at most, variants counted apart.")
        @Default("10000")
        @Min(1)
        @Max(100000)
        Integer maxPages) {
    public WarmUpSpec {
        urls = Absent.asEmpty(urls);
        exclude = Absent.asEmpty(exclude);
        variants = Absent.asEmpty(variants);
    }

    public record Crawl(
            @JsonPropertyDescription("Path of the first page.") @Default("/") @Pattern(Patterns.PATH) @Size(max = 2048)
            String start,

            @JsonPropertyDescription("How many links are followed from there.") @Default("2") @Min(0) @Max(10)
            Integer depth) {}

    public record Variant(
            @JsonPropertyDescription("Request header fields to ask with.") @Required @Size(min = 1, max = 8)
            List<Field> headers) {
        public Variant {
            headers = Absent.asEmpty(headers);
        }
    }

    public record Field(
            @JsonPropertyDescription("Name of the field.") @Required @Pattern(Patterns.TOKEN) @Size(max = 128)
            String name,

            @JsonPropertyDescription("Its value.") @Required @Pattern(Patterns.FIELD_VALUE) @Size(max = 1024)
            String value) {}
}
