package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.pagecache.proxy.front.RequestScanner.Verdict;

/** Reads heads out of a connection's input, of which ever more may come. */
final class HeadReader {
    private final FrontLoop loop;
    private int scanned;

    HeadReader(FrontLoop loop) {
        this.loop = loop;
    }

    /** Whether the next bytes begin a head. */
    boolean isAtStart() {
        return scanned == 0;
    }

    /**
     * Looks at the head that the input begins with and leaves the input as it is. The head found is in the loop's scanner, the
     * bytes it points into are in the loop's scratch.
     */
    Verdict read(ByteBuf input) {
        int available = Math.min(input.readableBytes(), loop.scratch.length);
        int before = scanned;
        scanned = available;
        if (before > 0 && available < loop.scratch.length && isWithinLine(input, before - 1, available)) {
            return Verdict.INCOMPLETE;
        }
        input.getBytes(input.readerIndex(), loop.scratch, 0, available);
        Verdict verdict = loop.scanner.scan(loop.scratch, 0, available);
        if (verdict == Verdict.COMPLETE) {
            scanned = 0;
        }
        return verdict;
    }

    /** Whether nothing has come that ends or breaks a line, so that scanning again would find nothing new. */
    private static boolean isWithinLine(ByteBuf input, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Octets.isField(input.getByte(input.readerIndex() + i))) {
                return false;
            }
        }
        return true;
    }
}
