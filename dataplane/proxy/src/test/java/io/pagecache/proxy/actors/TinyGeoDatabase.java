package io.pagecache.proxy.actors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A database in MaxMind's format (specification 2.0) that knows one block of IPv4 addresses. */
public final class TinyGeoDatabase {
    private static final byte[] METADATA_START = {
        (byte) 0xAB, (byte) 0xCD, (byte) 0xEF, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };
    private static final int SEPARATOR = 16;

    private TinyGeoDatabase() {}

    /** @param bits length of the block's prefix */
    public static byte[] of(byte[] address, int bits, Map<String, ?> known) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int node = 0; node < bits; node++) {
            boolean one = (address[node / 8] >> 7 - node % 8 & 1) == 1;
            int next = node == bits - 1 ? bits + SEPARATOR : node + 1;
            record(file, one ? bits : next);
            record(file, one ? next : bits);
        }
        file.writeBytes(new byte[SEPARATOR]);
        value(file, known);
        file.writeBytes(METADATA_START);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", bits);
        metadata.put("record_size", 24);
        metadata.put("ip_version", 4);
        metadata.put("database_type", "Test");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1_700_000_000L);
        metadata.put("description", Map.of("en", "One block"));
        value(file, metadata);
        return file.toByteArray();
    }

    private static void record(ByteArrayOutputStream out, int value) {
        out.write(value >> 16);
        out.write(value >> 8);
        out.write(value);
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                out.write(7 << 5 | map.size());
                map.forEach((key, member) -> {
                    value(out, key);
                    value(out, member);
                });
            }
            case List<?> list -> {
                out.write(list.size());
                out.write(11 - 7);
                list.forEach(item -> value(out, item));
            }
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (bytes.length > 28) {
                    throw new UncheckedIOException(new IOException("too long for this writer: " + text));
                }
                out.write(2 << 5 | bytes.length);
                out.writeBytes(bytes);
            }
            case Integer number -> {
                out.write(6 << 5 | 4);
                number(out, number, 4);
            }
            case Long number -> {
                out.write(8);
                out.write(9 - 7);
                number(out, number, 8);
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private static void number(ByteArrayOutputStream out, long number, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (number >> 8 * i));
        }
    }
}
