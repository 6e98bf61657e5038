package io.pagecache.proxy.serve;

import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.status.FragmentAbsence;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a reply as they can be joined into a page: all of them, and not coded. */
final class FragmentContent {
    /** Bytes of a fragment that is not kept, before and after inflating. */
    static final int LARGEST = 2 << 20;

    /** Why the bytes cannot be joined. */
    private static final class Unfit extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient FragmentAbsence reason;

        Unfit(FragmentAbsence reason) {
            super(reason.token(), null, false, false);
            this.reason = reason;
        }
    }

    private FragmentContent() {}

    /** Fails with what {@link #reason} tells apart. */
    static Future<List<Body>> of(Reply reply) {
        int status = reply.status();
        if (status < 200 || status > 299 || status == 206) {
            abandon(reply.content());
            return unfit(FragmentAbsence.STATUS);
        }
        return switch (reply.content()) {
            case Content.Absent none -> Future.succeededFuture(List.of());
            case Content.Whole(var pieces, var length) ->
                coding(reply.headers()) == null ? Future.succeededFuture(pieces) : unfit(FragmentAbsence.CODING);
            case Content.Streamed streamed ->
                collected(streamed).map(bytes -> List.of(decoded(bytes, coding(reply.headers()))));
            case Content.Switched switched -> {
                abandon(switched);
                yield unfit(FragmentAbsence.BROKEN);
            }
        };
    }

    static FragmentAbsence reason(Throwable cause) {
        return cause instanceof Unfit known ? known.reason : FragmentAbsence.BROKEN;
    }

    static void abandon(Content content) {
        switch (content) {
            case Content.Streamed streamed -> streamed.abandon().run();
            case Content.Switched(var origin) -> origin.close();
            case Content.Absent absent -> {}
            case Content.Whole whole -> {}
        }
    }

    private static @Nullable String coding(Headers headers) {
        String coding = headers.combined("Content-Encoding");
        return coding == null || coding.equalsIgnoreCase("identity") ? null : coding;
    }

    private static Body decoded(byte[] bytes, @Nullable String coding) {
        if (coding == null) {
            return Body.wrap(bytes);
        }
        boolean isGzip = coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip");
        byte[] plain = isGzip ? Gzip.decompress(bytes, LARGEST) : null;
        if (plain == null) {
            throw new Unfit(FragmentAbsence.CODING);
        }
        return Body.wrap(plain);
    }

    private static Future<byte[]> collected(Content.Streamed streamed) {
        Promise<byte[]> whole = Promise.promise();
        Buffer bytes = Buffer.buffer();
        streamed.bytes().exceptionHandler(cause -> whole.tryFail(new Unfit(FragmentAbsence.BROKEN)));
        streamed.bytes().endHandler(end -> whole.tryComplete(bytes.getBytes()));
        streamed.bytes().handler(chunk -> {
            if (bytes.length() + chunk.length() <= LARGEST) {
                bytes.appendBuffer(chunk);
            } else if (whole.tryFail(new Unfit(FragmentAbsence.TOO_LARGE))) {
                streamed.abandon().run();
            }
        });
        streamed.bytes().resume();
        return whole.future();
    }

    private static <T> Future<T> unfit(FragmentAbsence reason) {
        return Future.failedFuture(new Unfit(reason));
    }
}
