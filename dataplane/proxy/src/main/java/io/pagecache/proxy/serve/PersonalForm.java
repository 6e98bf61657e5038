package io.pagecache.proxy.serve;

import io.pagecache.http.AcceptEncoding;
import io.pagecache.http.Body;
import io.pagecache.http.ContentCoding;
import io.pagecache.http.EntityTag;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.template.RenderedPage;
import java.util.List;

/**
 * The bytes of a rendered page for one reader, and the fields about them. They are gzipped for whoever takes that, if they are
 * neither so few that it saves nothing nor so many that an event loop would be busy with them for long.
 */
record PersonalForm(Headers headers, List<Body> parts) {
    private static final long LEAST_WORTH_COMPRESSING = 1024;
    private static final long MOST_WORTH_COMPRESSING = 512 * 1024;

    /**
     * @param source fields of the page as the origin sent them
     * @param fields for the reader, with the tag of the bytes as they are, without coding and length
     */
    static PersonalForm of(PageVisit visit, Headers source, Headers fields, RenderedPage rendered) {
        EntityTag tag = EntityTag.of(fields);
        boolean isPart = visit.visit().inclusion() != null;
        if (isPart
                || tag == null
                || !visit.behaviour().compress()
                || ResponseDirectives.forbidsTransformation(source)) {
            return new PersonalForm(fields, rendered.parts());
        }
        Headers.Builder headers = fields.toBuilder();
        if (!variesByCoding(fields)) {
            headers.add("Vary", "Accept-Encoding");
        }
        boolean fits = rendered.length() >= LEAST_WORTH_COMPRESSING && rendered.length() <= MOST_WORTH_COMPRESSING;
        if (!fits || AcceptEncoding.of(visit.request().headers()).choose(true) != ContentCoding.GZIP) {
            return new PersonalForm(headers.build(), rendered.parts());
        }
        Headers coded = headers.set("Content-Encoding", ContentCoding.GZIP.token())
                .set("ETag", new EntityTag(tag.weak(), tag.opaque() + "-gzip").toString())
                .build();
        return new PersonalForm(coded, List.of(Body.wrap(Gzip.compressQuickly(rendered.parts()))));
    }

    private static boolean variesByCoding(Headers fields) {
        for (String name : FieldList.members(fields, "Vary")) {
            if (name.equalsIgnoreCase("Accept-Encoding")) {
                return true;
            }
        }
        return false;
    }
}
