package io.pagecache.proxy.tls;

import io.pagecache.plan.ProxyState.CertificateState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A directory with one folder for each certificate, holding {@code tls.crt} and {@code tls.key}; in the order of their names, the
 * first is for clients that name no site. Looked at again and again: what changed is taken up, what cannot be used leaves the
 * certificate of that folder that was served before.
 */
public final class CertificateFolder {
    private static final Logger LOG = Logger.getLogger(CertificateFolder.class);
    private static final long MOST_BYTES = 1 << 20;

    /** More are not read: each costs memory for its sessions. */
    private static final int MOST_FOLDERS = 64;

    private record Seen(byte[] chain, byte[] key) {
        boolean equals(byte[] otherChain, byte[] otherKey) {
            return Arrays.equals(chain, otherChain) && Arrays.equals(key, otherKey);
        }
    }

    private final Path directory;
    private final CertificateReader reader = new CertificateReader();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, SiteCertificate> served = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();
    private final AtomicLong loaded = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile Certificates current = Certificates.NONE;
    private volatile List<CertificateState> standings = List.of();

    public CertificateFolder(Path directory) {
        this.directory = directory;
    }

    Certificates current() {
        return current;
    }

    /** In the order of their names. */
    public List<CertificateState> standings() {
        return standings;
    }

    /** When the first of those that are served ends, in seconds since the epoch; 0 without any. */
    public long firstExpirySeconds() {
        long first = Long.MAX_VALUE;
        for (SiteCertificate site : current.sites()) {
            first = Math.min(first, site.notAfter().getEpochSecond());
        }
        return first == Long.MAX_VALUE ? 0 : first;
    }

    /** Certificates taken up since start. */
    public long loaded() {
        return loaded.get();
    }

    /** Changes since start that could not be used. */
    public long refused() {
        return refused.get();
    }

    /** Reads what changed. Blocks; called by one thread at a time. */
    public synchronized void look() {
        List<String> folders;
        try (Stream<Path> entries = Files.list(directory)) {
            folders = entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .limit(MOST_FOLDERS)
                    .toList();
        } catch (IOException notThere) {
            // Certificates that were served go on being served.
            return;
        }
        for (String folder : folders) {
            look(folder);
        }
        publish(folders);
    }

    private void look(String folder) {
        byte[] chain;
        byte[] key;
        try {
            chain = bytes(folder, "tls.crt");
            key = bytes(folder, "tls.key");
        } catch (IOException e) {
            if (!(served.containsKey(folder) || problems.containsKey(folder))) {
                LOG.warnf("certificate %s: %s", folder, e);
            }
            problems.put(folder, "tls.crt and tls.key are not both there");
            return;
        }
        Seen before = seen.get(folder);
        if (before != null && before.equals(chain, key)) {
            return;
        }
        seen.put(folder, new Seen(chain, key));
        try {
            SiteCertificate certificate = reader.read(folder, chain, key);
            served.put(folder, certificate);
            problems.remove(folder);
            loaded.incrementAndGet();
            LOG.infof(
                    "certificate %s: serving it for %s until %s",
                    folder, certificate.hosts().names(), certificate.notAfter());
        } catch (UnusableCertificateException e) {
            problems.put(folder, String.valueOf(e.getMessage()));
            refused.incrementAndGet();
            LOG.errorf(
                    "certificate %s: %s; %s",
                    folder,
                    e.getMessage(),
                    served.containsKey(folder) ? "the one before stays in force" : "there is none to serve");
        }
    }

    private byte[] bytes(String folder, String file) throws IOException {
        Path path = directory.resolve(folder).resolve(file);
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException(path + " is larger than " + MOST_BYTES + " bytes");
        }
        return Files.readAllBytes(path);
    }

    private void publish(List<String> folders) {
        served.keySet().retainAll(folders);
        problems.keySet().retainAll(folders);
        seen.keySet().retainAll(folders);
        current = new Certificates(new ArrayList<>(served.values()));
        List<CertificateState> now = new ArrayList<>();
        for (String folder : folders) {
            SiteCertificate certificate = served.get(folder);
            now.add(new CertificateState(
                    folder, certificate == null ? null : certificate.notAfter(), problems.get(folder)));
        }
        standings = List.copyOf(now);
    }
}
