package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers that may be repeated, by the form of their request. Of one event loop, so without locks; bounded in bytes. */
final class FastTable {

    /**
     * @param head of an answer over HTTP/2; null for HTTP/1
     * @param answer head and body as they were written; over HTTP/2 the body
     * @param bodyBytes octets of it that are body
     */
    record Entry(byte[] form, int hash, @Nullable StreamHead head, ByteBuf answer, int bodyBytes, FastTicket ticket) {}

    private static final int SLOTS = 1 << 13;
    private static final int PROBES = 4;

    private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];
    private final int[] seen = new int[SLOTS];
    private final long maxBytes;
    private long bytes;

    FastTable(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Nullable
    Entry find(RequestForm form) {
        for (int probe = 0; probe < PROBES; probe++) {
            Entry entry = entries[slot(form.hash(), probe)];
            if (entry != null && entry.hash == form.hash() && form.isEqualTo(entry.form)) {
                return entry;
            }
        }
        return null;
    }

    /** Whether this form was asked for before: only what comes again is worth keeping. */
    boolean comesAgain(int hash) {
        int slot = hash & SLOTS - 1;
        boolean again = seen[slot] == hash;
        seen[slot] = hash;
        return again;
    }

    /** Takes over the entry's answer, or releases it when there is no room. */
    void put(Entry entry) {
        if (bytes + entry.answer.capacity() > maxBytes) {
            entry.answer.release();
            return;
        }
        int chosen = slot(entry.hash, 0);
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = slot(entry.hash, probe);
            Entry there = entries[slot];
            if (there == null || there.hash == entry.hash && Arrays.equals(there.form, entry.form)) {
                chosen = slot;
                break;
            }
        }
        clear(chosen);
        entries[chosen] = entry;
        bytes += entry.answer.capacity();
    }

    void remove(Entry entry) {
        for (int probe = 0; probe < PROBES; probe++) {
            if (entries[slot(entry.hash, probe)] == entry) {
                clear(slot(entry.hash, probe));
            }
        }
    }

    /** Lets go of what has had its time. */
    void tidy(long nowMillis) {
        for (int slot = 0; slot < SLOTS; slot++) {
            Entry entry = entries[slot];
            if (entry != null && entry.ticket.untilMillis() <= nowMillis) {
                clear(slot);
            }
        }
    }

    void clear() {
        for (int slot = 0; slot < SLOTS; slot++) {
            clear(slot);
        }
    }

    private void clear(int slot) {
        Entry entry = entries[slot];
        if (entry != null) {
            entries[slot] = null;
            bytes -= entry.answer.capacity();
            entry.answer.release();
        }
    }

    private static int slot(int hash, int probe) {
        return hash + probe & SLOTS - 1;
    }
}
