package io.pagecache.e2e.blackbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.PurgeLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a pod finds mounted: plan, purges, the management token, certificates and what the policy refers to. */
public final class WireFolder {
    /** What the token file holds. */
    public static final String TOKEN = "a-token-of-the-operator";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    public WireFolder(Path folder) {
        this.folder = folder;
        replace("token", TOKEN + "\n");
    }

    public void write(CachePlan plan) {
        writePlan(json(plan));
    }

    /** Whatever the text is. */
    public void writePlan(String text) {
        replace("plan.json", text);
    }

    public void write(PurgeLedger ledger) {
        replace("purges.json", json(ledger));
    }

    /** All at once, as a cluster does it. */
    private void replace(String name, String text) {
        replace(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void replace(String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Path whole = Files.write(file.resolveSibling(file.getFileName() + ".new"), content);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the site; the proxy was started with one or has none. */
    public void certificate(String chain, String key) {
        replace("tls/site/tls.crt", chain);
        replace("tls/site/tls.key", key);
    }

    /** What a policy refers to. */
    public void reference(FileRef file, byte[] content) {
        replace("references/" + file.path(), content);
    }

    Path certificates() {
        return folder.resolve("tls");
    }

    Path references() {
        return folder.resolve("references");
    }

    Path path() {
        return folder;
    }

    Path tokenFile() {
        return folder.resolve("token");
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + value, e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not a %s: %s".formatted(type.getSimpleName(), json), e);
        }
    }
}
