package io.pagecache.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an image is made of (CycloneDX): the libraries as the build lists them, and the platform under them. */
final class SoftwareBill {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private SoftwareBill() {}

    /**
     * @param libraries the list that the build has made of the application
     * @param platform what runs it, with its version
     */
    static void write(Path libraries, Platform platform, Path to) {
        if (!Files.exists(libraries)) {
            throw new BadRequest(libraries + " is missing: run ./pagecache build");
        }
        try {
            ObjectNode bill = (ObjectNode) JSON.readTree(libraries.toFile());
            ArrayNode components = bill.withArray("components");
            components
                    .addObject()
                    .put("type", "platform")
                    .put("bom-ref", platform.name() + "@" + platform.version())
                    .put("name", platform.name())
                    .put("version", platform.version());
            Files.createDirectories(to.getParent());
            JSON.writerWithDefaultPrettyPrinter().writeValue(to.toFile(), bill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as a Java runtime. */
    record Platform(String name, String version) {}
}
