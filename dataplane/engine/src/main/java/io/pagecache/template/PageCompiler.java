package io.pagecache.template;

import io.pagecache.esi.EsiParser;
import io.pagecache.http.Body;
import io.pagecache.plan.Pages;
import org.jspecify.annotations.Nullable;

/**
 * Cuts pages into segments when they are stored, so that serving them only joins bytes. A page is read once, as the origin sent it:
 * nothing that is filled in later is ever looked at for markers. Immutable; one per plan.
 */
public final class PageCompiler {
    /** Markers acted on in one page; what follows stays as it is. */
    public static final int MAX_MARKERS = 1000;

    /** Bytes between a marker's delimiters. */
    public static final int MAX_MARKER_LENGTH = 1024;

    /** Conditions inside one another. */
    public static final int MAX_NESTING = 16;

    private final Pages.Markers markers;
    private final DeclaredNames declared;

    public PageCompiler(Pages pages) {
        this.markers = pages.markers();
        this.declared = DeclaredNames.of(pages);
    }

    /** What of a page is acted on. */
    public record Processing(boolean markers, boolean esi) {
        public static final Processing NONE = new Processing(false, false);

        public boolean isAny() {
            return markers || esi;
        }
    }

    /** Acts on markers alone. */
    public Compilation compile(Body body, @Nullable String contentType) {
        return compile(body, contentType, new Processing(true, false));
    }

    /**
     * ESI elements first, then the markers between them: an element may stand inside a marker's condition and a condition inside an
     * element, but neither across the other's end.
     *
     * @param body identity form of the page
     * @param contentType for the charset; without one, what is filled in is written in ASCII
     */
    public Compilation compile(Body body, @Nullable String contentType, Processing wanted) {
        OutputEncoding encoding = OutputEncoding.of(contentType);
        if (encoding == null) {
            return Compilation.WITHOUT_MARKERS;
        }
        MarkerScanner scanner = new MarkerScanner(body.view(), markers, encoding);
        EsiParser esi = new EsiParser(body.view(), encoding == OutputEncoding.UTF_8, markers.open(), markers.close());
        boolean hasMarkers = wanted.markers() && scanner.nextOpen(0) >= 0;
        boolean hasEsi = wanted.esi() && !esi.findsNothing();
        if (!hasMarkers && !hasEsi) {
            return Compilation.WITHOUT_MARKERS;
        }
        PageCutter cutter = new PageCutter(body, scanner, encoding, declared);
        if (hasEsi) {
            return new EsiCutter(cutter, hasMarkers).cut(esi.parse());
        }
        cutter.cut(0, body.length());
        return cutter.finish(EsiUse.NONE);
    }
}
