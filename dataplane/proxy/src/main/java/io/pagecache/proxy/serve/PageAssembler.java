package io.pagecache.proxy.serve;

import io.pagecache.freshness.Age;
import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Body;
import io.pagecache.http.ContentRange;
import io.pagecache.http.EntityTag;
import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.http.SurrogateControl;
import io.pagecache.plan.Behaviour;
import io.pagecache.store.StoredPage;
import io.pagecache.store.VaryValues;
import io.pagecache.storing.StoreDecision;
import io.pagecache.template.Compilation;
import io.pagecache.template.CompiledPage;
import io.pagecache.template.MarkerProblem;
import io.pagecache.template.PageCompiler.Processing;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stored page of an answer that may be kept: both forms of its body, its validator, its segments. Pure but for the log;
 * takes as long as the compression of the body.
 */
final class PageAssembler {
    private static final Logger LOG = Logger.getLogger(PageAssembler.class);

    /** Below this, a gzip form saves less than the packet it still needs. */
    private static final int LEAST_WORTH_COMPRESSING = 256;

    private static final String ELEMENTS = "Pagecache/1.0";
    private static final String ESI = "ESI/1.0";
    private static final Set<String> FRAMING = Set.of("content-length", "age", "cache-status");

    private static final Set<String> RANGE = Set.of("content-range");

    private PageAssembler() {}

    /** Whether anything in the answer is to be acted on. */
    static boolean isCompiled(Behaviour behaviour, PageResponse head) {
        return processing(behaviour, head).isAny();
    }

    private static Processing processing(Behaviour behaviour, PageResponse head) {
        boolean isHtml = isHtml(head.headers());
        if (!isHtml && (behaviour.esi() != Behaviour.Esi.SURROGATE || !isXml(head.headers()))) {
            return Processing.NONE;
        }
        SurrogateControl asked = SurrogateControl.of(head.headers());
        boolean markers =
                switch (behaviour.elements()) {
                    case OFF -> false;
                    case ON -> isHtml;
                    case SURROGATE -> isHtml && asked.asksFor(ELEMENTS);
                };
        boolean esi =
                switch (behaviour.esi()) {
                    case OFF -> false;
                    case ON -> isHtml;
                    case SURROGATE -> asked.asksFor(ESI);
                };
        return new Processing(markers, esi);
    }

    /**
     * @param bytes as the origin sent them
     * @param largest bytes that an inflated body may have
     * @return null when the body is not in the coding that its head names
     */
    static @Nullable StoredPage assemble(
            PageVisit visit, PageResponse head, byte[] bytes, StoreDecision.Store decision, long largest) {
        if (head.status() == 206) {
            return part(visit, head, bytes, decision);
        }
        Forms forms = Forms.of(visit.behaviour(), head.headers(), bytes, largest);
        if (forms == null) {
            return null;
        }
        CompiledPage compiled = forms.isReadable() ? compile(visit, head, forms) : null;
        List<String> vary = vary(decision.vary(), forms);
        Headers headers = visit.plan().control().strip(head.headers()).without(FRAMING);
        boolean generate = visit.behaviour().etag() == Behaviour.Etag.GENERATE && EntityTag.of(head.headers()) == null;
        return new StoredPage(
                visit.key(),
                vary,
                VaryValues.of(vary, visit.asking()),
                head.status(),
                headers,
                visit.plan().control().only(head.headers()),
                generate ? EntityTag.strong(digest(List.of(forms.body()))) : null,
                decision.directives(),
                forms.body(),
                compiled == null ? forms.gzip() : null,
                compiled,
                head.arrivedAt(),
                head.receivedAt(),
                decision.initialAge(),
                decision.lifetime(),
                decision.windows(),
                decision.tags());
    }

    /** As the origin sent it: only with all of the page can there be another form of it, or a validator of ours. */
    private static @Nullable StoredPage part(
            PageVisit visit, PageResponse head, byte[] bytes, StoreDecision.Store decision) {
        ContentRange range = ContentRange.of(head.headers());
        if (range == null || range.length() != bytes.length) {
            return null;
        }
        List<String> vary = withoutAcceptEncoding(decision.vary());
        return new StoredPage(
                visit.key(),
                vary,
                VaryValues.of(vary, visit.asking()),
                head.status(),
                visit.plan().control().strip(head.headers()).without(FRAMING).without(RANGE),
                visit.plan().control().only(head.headers()),
                null,
                decision.directives(),
                Body.wrap(bytes),
                null,
                null,
                head.arrivedAt(),
                head.receivedAt(),
                decision.initialAge(),
                decision.lifetime(),
                decision.windows(),
                decision.tags(),
                range);
    }

    /** The page with what a 304 has changed: same bytes, new head and windows. */
    static StoredPage renew(StoredPage page, PageVisit visit, PageResponse merged, StoreDecision.Store decision) {
        List<String> vary = page.gzip() == null ? decision.vary() : withoutAcceptEncoding(decision.vary());
        return new StoredPage(
                page.key(),
                vary,
                VaryValues.of(vary, visit.asking()),
                page.status(),
                visit.plan().control().strip(merged.headers()).without(FRAMING),
                visit.plan().control().only(merged.headers()),
                EntityTag.of(merged.headers()) == null ? page.generatedTag() : null,
                decision.directives(),
                page.body(),
                page.gzip(),
                page.compiled(),
                merged.arrivedAt(),
                merged.receivedAt(),
                decision.initialAge(),
                decision.lifetime(),
                decision.windows(),
                decision.tags());
    }

    /** Of what is kept for nobody, but made for the one who asked. */
    static StoreDecision.Store forOne(PageResponse head) {
        return new StoreDecision.Store(
                Duration.ZERO,
                Age.initial(head),
                StaleWindows.NONE,
                ResponseDirectives.of(head.headers()),
                List.of(),
                List.of());
    }

    private static @Nullable CompiledPage compile(PageVisit visit, PageResponse head, Forms forms) {
        Processing wanted = processing(visit.behaviour(), head);
        if (!wanted.isAny()) {
            return null;
        }
        Compilation compilation =
                visit.plan().compiler().compile(forms.body(), head.headers().first("Content-Type"), wanted);
        for (MarkerProblem problem : compilation.problems()) {
            LOG.warnf("%s: %s", visit.key(), problem);
        }
        visit.plan().elements().found(compilation.problems());
        return compilation.page();
    }

    /** A page kept in both forms serves everybody, whatever coding they take. */
    private static List<String> vary(List<String> names, Forms forms) {
        return forms.isReadable() ? withoutAcceptEncoding(names) : names;
    }

    private static List<String> withoutAcceptEncoding(List<String> names) {
        if (!names.contains("accept-encoding")) {
            return names;
        }
        List<String> others = new ArrayList<>(names);
        others.remove("accept-encoding");
        return others;
    }

    /** Short text that differs whenever the bytes do, of pieces whose digests are known already where they were sent before. */
    static String digest(List<Body> pieces) {
        byte[] digest = pieces.size() == 1
                ? pieces.getFirst().digest()
                : Body.wrap(digests(pieces)).digest();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static byte[] digests(List<Body> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(piece -> all.writeBytes(piece.digest()));
        return all.toByteArray();
    }

    private static boolean isHtml(Headers headers) {
        String type = headers.first("Content-Type");
        return type != null
                && (type.regionMatches(true, 0, "text/html", 0, 9)
                        || type.regionMatches(true, 0, "application/xhtml+xml", 0, 21));
    }

    private static boolean isXml(Headers headers) {
        String field = headers.first("Content-Type");
        if (field == null) {
            return false;
        }
        int semicolon = field.indexOf(';');
        String type =
                (semicolon < 0 ? field : field.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        return type.endsWith("/xml") || type.endsWith("+xml");
    }

    /**
     * The forms of one body.
     *
     * @param body identity where it could be had, else the bytes as they came
     * @param isReadable whether {@code body} is the identity form
     */
    private record Forms(Body body, @Nullable Body gzip, boolean isReadable) {

        static @Nullable Forms of(Behaviour behaviour, Headers headers, byte[] bytes, long largest) {
            String coding = headers.first("Content-Encoding");
            if (coding == null || coding.equalsIgnoreCase("identity")) {
                return new Forms(Body.wrap(bytes), mayCompress(behaviour, headers) ? smaller(bytes) : null, true);
            }
            if (!coding.equalsIgnoreCase("gzip") && !coding.equalsIgnoreCase("x-gzip")) {
                return new Forms(Body.wrap(bytes), null, false);
            }
            byte[] identity = Gzip.decompress(bytes, largest);
            return identity == null ? null : new Forms(Body.wrap(identity), Body.wrap(bytes), true);
        }

        private static @Nullable Body smaller(byte[] identity) {
            if (identity.length < LEAST_WORTH_COMPRESSING) {
                return null;
            }
            byte[] gzip = Gzip.compress(identity);
            return gzip.length < identity.length * 9L / 10 ? Body.wrap(gzip) : null;
        }

        private static boolean mayCompress(Behaviour behaviour, Headers headers) {
            return behaviour.compress()
                    && !ResponseDirectives.forbidsTransformation(headers)
                    && isCompressible(headers.first("Content-Type"));
        }

        private static boolean isCompressible(@Nullable String contentType) {
            if (contentType == null) {
                return false;
            }
            int semicolon = contentType.indexOf(';');
            String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            return type.startsWith("text/")
                    || type.endsWith("+xml")
                    || type.endsWith("+json")
                    || type.endsWith("/json")
                    || type.endsWith("/xml")
                    || type.endsWith("/javascript")
                    || type.endsWith("/wasm")
                    || type.endsWith("/manifest+json")
                    || type.equals("image/x-icon")
                    || type.equals("font/ttf")
                    || type.equals("font/otf");
        }
    }
}
