package io.pagecache.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An OCI image layout in a tar file, read: one image, for one architecture or several. */
public final class OciArchive {
    static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int EXECUTE = 0111;

    private final Map<String, byte[]> entries;

    private OciArchive(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    public static OciArchive read(Path tar) {
        Map<String, byte[]> entries = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isFile()) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OciArchive(entries);
    }

    /** Everything in it, by its path. */
    Map<String, byte[]> entries() {
        return entries;
    }

    JsonNode index() {
        return json("index.json");
    }

    /** What it can be run on, such as {@code linux/amd64}. */
    public List<String> platforms() {
        return StreamSupport.stream(index().path("manifests").spliterator(), false)
                .map(manifest -> config(manifest.path("digest").asText()))
                .map(config -> config.path("os").asText() + "/"
                        + config.path("architecture").asText())
                .toList();
    }

    /** The digest by which a registry knows the image of this architecture. */
    public String digest(Architecture architecture) {
        for (JsonNode manifest : index().path("manifests")) {
            String digest = manifest.path("digest").asText();
            if (config(digest).path("architecture").asText().equals(architecture.toString())) {
                return digest;
            }
        }
        throw new IllegalArgumentException("not for " + architecture + ", only for " + platforms());
    }

    /** How it is started: user, entry point, labels, environment. */
    public JsonNode configuration(Architecture architecture) {
        return config(digest(architecture)).path("config");
    }

    /** The files of all layers, by their path without the leading slash. */
    public List<String> files(Architecture architecture) {
        List<String> files = new ArrayList<>();
        eachFile(architecture, (entry, content) -> files.add(entry.getName()));
        return files;
    }

    /** How many layers there are. */
    public int layers(Architecture architecture) {
        return manifest(architecture).path("layers").size();
    }

    /** Writes the files as a container would see them, times included. */
    public Path unpack(Architecture architecture, Path folder) {
        eachFile(architecture, (entry, content) -> {
            Path file = folder.resolve(entry.getName()).normalize();
            if (!file.startsWith(folder)) {
                throw new IllegalArgumentException("a file outside the image: " + entry.getName());
            }
            Files.createDirectories(file.getParent());
            Files.copy(content, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & EXECUTE) != 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.setLastModifiedTime(
                    file, FileTime.from(entry.getLastModifiedDate().toInstant()));
        });
        return folder;
    }

    private JsonNode manifest(Architecture architecture) {
        return blob(digest(architecture));
    }

    private JsonNode config(String manifestDigest) {
        return blob(blob(manifestDigest).path("config").path("digest").asText());
    }

    private JsonNode blob(String digest) {
        return json(pathOf(digest));
    }

    private static String pathOf(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private JsonNode json(String path) {
        try {
            return JSON.readTree(content(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] content(String path) {
        byte[] content = entries.get(path);
        if (content == null) {
            throw new IllegalArgumentException("no " + path + " in the image");
        }
        return content;
    }

    @FunctionalInterface
    private interface FileReader {
        void read(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    private void eachFile(Architecture architecture, FileReader reader) {
        for (JsonNode layer : manifest(architecture).path("layers")) {
            byte[] compressed = content(pathOf(layer.path("digest").asText()));
            try (TarArchiveInputStream in =
                    new TarArchiveInputStream(new GZIPInputStream(new java.io.ByteArrayInputStream(compressed)))) {
                for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.isFile()) {
                        reader.read(entry, in);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
