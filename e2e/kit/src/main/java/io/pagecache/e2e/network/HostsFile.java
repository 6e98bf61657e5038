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
 * All Services by name, for containers without a name server. The file is rewritten in place, since a file that is mounted
 * elsewhere would not follow a rename. Short names of one word are left out: they differ by namespace.
 */
public final class HostsFile {
    private final Path path;
    private String written = "";

    public HostsFile(Path path) {
        this.path = path;
        try {
            Files.writeString(path, "127.0.0.1 localhost\n::1 localhost\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    public synchronized void write(NameTable names) {
        StringBuilder text = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
        names.all()
                .forEach((name, addresses) -> addresses.forEach(address -> text.append(address.getHostAddress())
                        .append(' ')
                        .append(String.join(" ", name, name + ".svc", name + ".svc.cluster.local"))
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
}
