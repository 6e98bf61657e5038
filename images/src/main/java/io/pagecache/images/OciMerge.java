package io.pagecache.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** One image out of those of each architecture: an OCI layout whose index names the platform of each. */
final class OciMerge {
    private OciMerge() {}

    /**
     * @param images by architecture
     * @param name the reference under which tools load it, such as {@code pagecache-proxy:0.1.0}
     */
    static void write(Map<Architecture, Path> images, String name, Path tar) {
        Map<String, byte[]> entries = new TreeMap<>();
        ObjectNode index = OciArchive.JSON.createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.index.v1+json");
        ArrayNode manifests = index.putArray("manifests");
        images.forEach((architecture, image) -> {
            OciArchive archive = OciArchive.read(image);
            archive.entries().forEach((path, content) -> {
                if (path.startsWith("blobs/")) {
                    entries.put(path, content);
                }
            });
            JsonNode manifest = archive.index().path("manifests").path(0);
            ObjectNode entry = manifests.addObject();
            entry.set("mediaType", manifest.path("mediaType"));
            entry.set("digest", manifest.path("digest"));
            entry.set("size", manifest.path("size"));
            entry.putObject("platform")
                    .put("architecture", architecture.toString())
                    .put("os", "linux");
            entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        });
        entries.put("index.json", index.toString().getBytes(StandardCharsets.UTF_8));
        entries.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        write(entries, tar);
    }

    private static void write(Map<String, byte[]> entries, Path tar) {
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar)))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(content.getKey());
                entry.setSize(content.getValue().length);
                entry.setModTime(Tree.FILE_TIME.toEpochMilli());
                out.putArchiveEntry(entry);
                out.write(content.getValue());
                out.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
