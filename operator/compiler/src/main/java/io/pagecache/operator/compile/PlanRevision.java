package io.pagecache.operator.compile;

import io.pagecache.plan.CachePlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a plan's content: equal revisions mean equal behaviour. */
public final class PlanRevision {
    /** 64 bits: enough to tell apart the plans that one policy ever has, short enough to read aloud. */
    private static final int BYTES = 8;

    private PlanRevision() {}

    /** 16 hexadecimal digits of the plan's content; the revision it carries does not count. */
    public static String of(CachePlan plan) {
        byte[] content = PlanJson.write(plan.withRevision("")).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(content), 0, BYTES);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
