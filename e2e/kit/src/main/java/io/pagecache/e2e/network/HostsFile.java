package io.pagecache.e2e.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * All Services by name as the pods of one namespace call them, for containers without a name server. The file is rewritten in
 * place, since a file that is mounted elsewhere would not follow a rename.
 */
final class HostsFile {
    private static final String SELF = "127.0.0.1 localhost\n::1 localhost\n";

    private final Path path;
    private final String namespace;
    private String written = "";

    HostsFile(Path path, String namespace) {
        this.path = path;
        this.namespace = namespace;
        try {
            Files.writeString(path, SELF);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    synchronized void write(NameTable names) {
        StringBuilder text = new StringBuilder(SELF);
        names.all()
                .forEach((name, addresses) -> addresses.forEach(address -> text.append(address.getHostAddress())
                        .append(' ')
                        .append(spellings(name))
                        .append('\n')));
        if (text.toString().equals(written)) {
            return;
        }
        written = text.toString();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(written.getBytes(StandardCharsets.UTF_8));
            int length = bytes.remaining();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.truncate(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String spellings(String name) {
        String full = String.join(" ", name, name + ".svc", name + ".svc.cluster.local");
        return name.endsWith("." + namespace)
                ? name.substring(0, name.length() - namespace.length() - 1) + " " + full
                : full;
    }
}
