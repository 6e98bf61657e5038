package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Framing of the body that follows a head: how many of the next bytes belong to it, and which of them are handed on. */
public final class BodyForwarder {
    private final FrontLimits limits;
    private long remaining;
    private @Nullable ChunkScanner chunks;
    private @Nullable Refusal refusal;

    public BodyForwarder(FrontLimits limits) {
        this.limits = limits;
    }

    void begin(RequestHead head) {
        begin(Math.max(0, head.contentLength()), head.isChunked());
    }

    /** @param length bytes of a body that is not chunked; 0 without one */
    public void begin(long length, boolean chunked) {
        remaining = length;
        chunks = chunked ? new ChunkScanner(limits) : null;
        refusal = null;
    }

    public boolean isComplete() {
        return remaining == 0 && chunks == null;
    }

    /** Why the last {@link #take} stopped, or null. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** The next {@code headLength} bytes and what there is of a body of known length, in one buffer. */
    ByteBuf takeWithHead(ByteBuf input, int headLength) {
        int ofBody = (int) Math.min(remaining, input.readableBytes() - headLength);
        remaining -= ofBody;
        return input.readRetainedSlice(headLength + ofBody);
    }

    /** What of the input is to be handed on, null when nothing is; bytes that belong to the body have been read afterwards. */
    public @Nullable ByteBuf take(ByteBuf input, ByteBufAllocator allocator) {
        if (chunks != null) {
            return takeChunks(input, allocator, chunks);
        }
        int length = (int) Math.min(remaining, input.readableBytes());
        remaining -= length;
        return length == 0 ? null : input.readRetainedSlice(length);
    }

    private @Nullable ByteBuf takeChunks(ByteBuf input, ByteBufAllocator allocator, ChunkScanner scanner) {
        int runStart = input.readerIndex();
        ByteBuf copy = null;
        while (input.isReadable() && chunks != null && refusal == null) {
            if (scanner.data() > 0) {
                int data = (int) Math.min(scanner.data(), input.readableBytes());
                scanner.skip(data);
                input.skipBytes(data);
                continue;
            }
            switch (scanner.accept(input.readByte())) {
                case FORWARD -> {}
                case DROP -> {
                    copy = append(copy, allocator, input, runStart, input.readerIndex() - 1);
                    runStart = input.readerIndex();
                }
                case LAST -> chunks = null;
                case REFUSED -> refusal = scanner.refusal();
            }
        }
        if (refusal != null) {
            if (copy != null) {
                copy.release();
            }
            return null;
        }
        return copy == null
                ? slice(input, runStart, input.readerIndex())
                : append(copy, allocator, input, runStart, input.readerIndex());
    }

    private static @Nullable ByteBuf slice(ByteBuf input, int from, int to) {
        return from == to ? null : input.retainedSlice(from, to - from);
    }

    private static ByteBuf append(@Nullable ByteBuf copy, ByteBufAllocator allocator, ByteBuf input, int from, int to) {
        ByteBuf out = copy == null ? allocator.buffer() : copy;
        return from == to ? out : out.writeBytes(input, from, to - from);
    }
}
