package io.pagecache.proxy.front;

import org.jspecify.annotations.Nullable;

/**
 * Framing of a chunked body (RFC 9112 section 7.1), octet by octet: no look-ahead, so any split of the input gives the same
 * verdict. Sizes, trailers and their CRLFs are to be handed on; extensions are checked and dropped, as they mean nothing to a
 * cache and have hidden requests from laxer parsers (CVE-2025-58056, CVE-2026-33870).
 */
public final class ChunkScanner {

    /** What to do with an octet. */
    public enum Step {
        FORWARD,
        DROP,
        /** Forward it; the body is complete. */
        LAST,
        REFUSED
    }

    private enum State {
        SIZE_START,
        SIZE,
        EXTENSION_GAP,
        EXTENSION_NAME_START,
        EXTENSION_NAME,
        EXTENSION_NAME_END,
        EXTENSION_VALUE_START,
        EXTENSION_VALUE,
        EXTENSION_QUOTED,
        EXTENSION_ESCAPE,
        EXTENSION_QUOTED_END,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF
    }

    private static final int MAX_SIZE_DIGITS = 16;

    private final FrontLimits limits;
    private State state = State.SIZE_START;
    private @Nullable Refusal refusal;
    private long size;
    private int digits;
    private int extensionBytes;
    private int trailerBytes;
    private int trailers;

    public ChunkScanner(FrontLimits limits) {
        this.limits = limits;
    }

    /** Octets of chunk data that come next and need no scanning: hand them on and report them by {@link #skip}. */
    public long data() {
        return state == State.DATA ? size : 0;
    }

    /** @param count at most {@link #data()} */
    public void skip(long count) {
        size -= count;
        if (size == 0) {
            state = State.DATA_CR;
        }
    }

    /** Why the last octet was refused. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** Takes the next octet; not to be called while {@link #data()} is above zero. */
    public Step accept(byte octet) {
        return switch (state) {
            case SIZE_START, SIZE -> size(octet);
            case SIZE_LF -> octet == Octets.LF ? endOfSize() : refuse(Refusal.BARE_LINE_END);
            case DATA_CR -> expect(octet, Octets.CR, State.DATA_LF);
            case DATA_LF -> {
                digits = 0;
                yield expect(octet, Octets.LF, State.SIZE_START);
            }
            case TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> trailer(octet);
            case END_LF -> octet == Octets.LF ? Step.LAST : refuse(Refusal.BARE_LINE_END);
            case DATA -> throw new IllegalStateException("chunk data is skipped, not scanned");
            default ->
                ++extensionBytes > limits.maxChunkExtensions() ? refuse(Refusal.CHUNK_EXTENSION) : extension(octet);
        };
    }

    private Step size(byte octet) {
        int value = Octets.hexValue(octet);
        if (value >= 0) {
            size = state == State.SIZE_START ? value : size << 4 | value;
            state = State.SIZE;
            return ++digits > MAX_SIZE_DIGITS || size > Integer.MAX_VALUE ? refuse(Refusal.CHUNK_SIZE) : Step.FORWARD;
        }
        if (state == State.SIZE_START) {
            return refuse(Refusal.CHUNK_SIZE);
        }
        if (octet == Octets.CR) {
            return forward(State.SIZE_LF);
        }
        if (octet == ';') {
            return drop(State.EXTENSION_NAME_START);
        }
        return Octets.isBlank(octet) ? drop(State.EXTENSION_GAP) : refuse(Refusal.CHUNK_SIZE);
    }

    private Step endOfSize() {
        return forward(size == 0 ? State.TRAILER_START : State.DATA);
    }

    private Step expect(byte octet, byte expected, State next) {
        return octet == expected ? forward(next) : refuse(Refusal.CHUNK_END);
    }

    private Step extension(byte octet) {
        return switch (state) {
            case EXTENSION_NAME_START, EXTENSION_VALUE_START -> extensionStart(octet);
            case EXTENSION_NAME, EXTENSION_VALUE -> extensionToken(octet);
            case EXTENSION_QUOTED -> quoted(octet);
            case EXTENSION_ESCAPE ->
                Octets.isField(octet) ? drop(State.EXTENSION_QUOTED) : refuse(Refusal.CHUNK_EXTENSION);
            default -> extensionEnd(octet);
        };
    }

    private Step extensionStart(byte octet) {
        boolean name = state == State.EXTENSION_NAME_START;
        if (Octets.isBlank(octet)) {
            return Step.DROP;
        }
        if (Octets.isToken(octet)) {
            return drop(name ? State.EXTENSION_NAME : State.EXTENSION_VALUE);
        }
        return octet == '"' && !name ? drop(State.EXTENSION_QUOTED) : refuse(Refusal.CHUNK_EXTENSION);
    }

    private Step extensionToken(byte octet) {
        if (Octets.isToken(octet)) {
            return Step.DROP;
        }
        if (state == State.EXTENSION_NAME && octet == '=') {
            return drop(State.EXTENSION_VALUE_START);
        }
        if (Octets.isBlank(octet)) {
            return drop(state == State.EXTENSION_NAME ? State.EXTENSION_NAME_END : State.EXTENSION_GAP);
        }
        return nextExtensionOrLineEnd(octet);
    }

    private Step quoted(byte octet) {
        if (octet == '"') {
            return drop(State.EXTENSION_QUOTED_END);
        }
        if (octet == '\\') {
            return drop(State.EXTENSION_ESCAPE);
        }
        return Octets.isField(octet) ? Step.DROP : refuse(Refusal.CHUNK_EXTENSION);
    }

    /** After a name, a value or a size: blanks must lead to another extension, never to the line's end. */
    private Step extensionEnd(byte octet) {
        if (Octets.isBlank(octet)) {
            return drop(state == State.EXTENSION_NAME_END ? State.EXTENSION_NAME_END : State.EXTENSION_GAP);
        }
        if (state == State.EXTENSION_NAME_END && octet == '=') {
            return drop(State.EXTENSION_VALUE_START);
        }
        return octet == Octets.CR && state != State.EXTENSION_QUOTED_END
                ? refuse(Refusal.CHUNK_EXTENSION)
                : nextExtensionOrLineEnd(octet);
    }

    private Step nextExtensionOrLineEnd(byte octet) {
        if (octet == ';') {
            return drop(State.EXTENSION_NAME_START);
        }
        return octet == Octets.CR ? forward(State.SIZE_LF) : refuse(Refusal.CHUNK_EXTENSION);
    }

    private Step trailer(byte octet) {
        if (++trailerBytes > limits.maxHead()) {
            return refuse(Refusal.TRAILER);
        }
        return switch (state) {
            case TRAILER_START -> {
                if (octet == Octets.CR) {
                    yield forward(State.END_LF);
                }
                yield Octets.isToken(octet) && ++trailers <= limits.maxFields()
                        ? forward(State.TRAILER_NAME)
                        : refuse(Refusal.TRAILER);
            }
            case TRAILER_NAME -> {
                if (octet == ':') {
                    yield forward(State.TRAILER_VALUE);
                }
                yield Octets.isToken(octet) ? Step.FORWARD : refuse(Refusal.TRAILER);
            }
            case TRAILER_VALUE -> {
                if (octet == Octets.CR) {
                    yield forward(State.TRAILER_LF);
                }
                yield Octets.isField(octet) ? Step.FORWARD : refuse(Refusal.TRAILER);
            }
            default -> octet == Octets.LF ? forward(State.TRAILER_START) : refuse(Refusal.TRAILER);
        };
    }

    private Step forward(State next) {
        state = next;
        return Step.FORWARD;
    }

    private Step drop(State next) {
        state = next;
        return Step.DROP;
    }

    private Step refuse(Refusal why) {
        refusal = why;
        return Step.REFUSED;
    }
}
