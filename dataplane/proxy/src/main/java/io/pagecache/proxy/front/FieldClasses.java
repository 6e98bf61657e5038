package io.pagecache.proxy.front;

import java.util.Collection;

/** Field names that make no part of a request's form, in a hash table that is asked with raw bytes. */
final class FieldClasses {
    private final byte[][] names;
    private final int mask;

    FieldClasses(Collection<String> lowerCaseNames) {
        int size = Integer.highestOneBit(lowerCaseNames.size() * 4 + 1) << 1;
        names = new byte[size][];
        mask = size - 1;
        for (String name : lowerCaseNames) {
            byte[] bytes = Octets.ascii(name);
            int slot = hash(bytes, 0, bytes.length) & mask;
            while (names[slot] != null) {
                slot = slot + 1 & mask;
            }
            names[slot] = bytes;
        }
    }

    boolean contains(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & mask;
        while (names[slot] != null) {
            if (Octets.equalIgnoringCase(bytes, from, to, names[slot])) {
                return true;
            }
            slot = slot + 1 & mask;
        }
        return false;
    }

    /** Length, first, middle and last letter tell the names of a request apart well enough. */
    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        int hash = length * 31 + Octets.lower(bytes[from]);
        hash = hash * 31 + Octets.lower(bytes[from + length / 2]);
        hash = hash * 31 + Octets.lower(bytes[to - 1]);
        return hash ^ hash >>> 7;
    }
}
