package io.pagecache.wiki.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The site's templates. Everything put into them is escaped for HTML unless the template says {@code .raw}. */
public final class PageTemplates {
    private static final List<String> NAMES = List.of(
            "layout",
            "greeting",
            "home",
            "article",
            "edit",
            "login",
            "logout",
            "account",
            "live",
            "message",
            "news",
            "recent");

    private final Engine engine = Engine.builder()
            .addDefaultSectionHelpers()
            .addValueResolvers(
                    ValueResolvers.mapResolver(),
                    ValueResolvers.mapperResolver(),
                    ValueResolvers.collectionResolver(),
                    ValueResolvers.rawResolver(),
                    ValueResolvers.orResolver(),
                    ValueResolvers.thisResolver())
            .addResultMapper(new HtmlEscaper(List.of("text/html")))
            .build();

    public PageTemplates() {
        NAMES.forEach(name -> engine.putTemplate(
                name, engine.parse(source(name), Variant.forContentType("text/html"), name + ".html")));
    }

    /** {@code data} holds strings, numbers, booleans, and lists and maps of these. */
    public String render(String template, Map<String, ?> data) {
        return engine.getTemplate(template).render(data);
    }

    private static String source(String name) {
        String resource = "/io/pagecache/wiki/templates/" + name + ".html";
        try (var stream = Objects.requireNonNull(PageTemplates.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
