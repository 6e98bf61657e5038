package io.pagecache.proxy.stores;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads replies of memcached's meta protocol: a line, after {@code VA} with a block of data. */
final class MemcachedParser implements Handler<Buffer> {
    private static final String END = "\r\n";
    private static final int LONGEST_LINE = 2048;
    private static final int MOST_BYTES = 256 * 1024;

    private final RecordParser records = RecordParser.newDelimited(END);
    private final Consumer<MemcachedReply> replies;
    private final Consumer<Throwable> failed;
    private String valueLine = "";

    /** @param failed told when what comes is no such reply; nothing comes after that */
    MemcachedParser(Consumer<MemcachedReply> replies, Consumer<Throwable> failed) {
        this.replies = replies;
        this.failed = failed;
        records.maxRecordSize(LONGEST_LINE + MOST_BYTES);
        records.exceptionHandler(failed::accept);
        records.handler(this::record);
    }

    @Override
    public void handle(Buffer bytes) {
        records.handle(bytes);
    }

    private void record(Buffer record) {
        if (!valueLine.isEmpty()) {
            String value = record.getString(0, record.length() - END.length());
            MemcachedReply reply = new MemcachedReply(valueLine, value);
            valueLine = "";
            records.delimitedMode(END);
            replies.accept(reply);
            return;
        }
        String line = record.toString();
        if (!line.startsWith("VA ")) {
            replies.accept(new MemcachedReply(line, null));
            return;
        }
        int size = sizeIn(line);
        if (size < 0) {
            failed.accept(new IOException("'" + line + "' is no reply, or one of more than " + MOST_BYTES + " bytes"));
            return;
        }
        valueLine = line;
        records.fixedSizeMode(size + END.length());
    }

    private static int sizeIn(String line) {
        int end = line.indexOf(' ', 3);
        try {
            int size = Integer.parseInt(line, 3, end < 0 ? line.length() : end, 10);
            return size > MOST_BYTES ? -1 : size;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
