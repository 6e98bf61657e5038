package io.pagecache.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pagecache.e2e.process.Tool;
import io.pagecache.e2e.process.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The part of a kubelet's own interface behind {@code kubectl logs}, with {@code --follow} and {@code --tail}. */
final class LogServer implements AutoCloseable {
    private static final String PATH = "/containerLogs/";
    private static final String PASSWORD = "changeit";
    private static final long POLL_MILLIS = 100;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path logs;

    private LogServer(HttpsServer server, Path logs) {
        this.server = server;
        this.logs = logs;
    }

    static LogServer start(InetAddress address, WorkFolder folder) {
        try {
            HttpsServer https = HttpsServer.create(new InetSocketAddress(address, 0), 0);
            https.setHttpsConfigurator(
                    new HttpsConfigurator(selfSigned(folder.scratch().resolve("kubelet.p12"))));
            LogServer logServer = new LogServer(https, folder.logs());
            https.setExecutor(logServer.threads);
            https.createContext(PATH, logServer::answer);
            https.start();
            return logServer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for the log server", e);
        }
    }

    /** The API server does not check it; the JDK can make one only through its tool. */
    private static SSLContext selfSigned(Path keys) throws IOException, GeneralSecurityException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Tool.works(
                keytool,
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kubelet",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] names =
                    exchange.getRequestURI().getPath().substring(PATH.length()).split("/", -1);
            Path log = logs.resolve(String.join("_", names) + ".log").normalize();
            if (names.length != 3 || !log.startsWith(logs) || !Files.exists(log)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String query = exchange.getRequestURI().getQuery();
            List<String> options = query == null ? List.of() : List.of(query.split("&", -1));
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
                file.seek(startOf(file, valueOf("tailLines", options)));
                copy(file, exchange.getResponseBody(), "true".equals(valueOf("follow", options)));
            }
        }
    }

    private static @Nullable String valueOf(String name, List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private static long startOf(RandomAccessFile file, @Nullable String tailLines) throws IOException {
        if (tailLines == null) {
            return 0;
        }
        byte[] all = new byte[Math.toIntExact(file.length())];
        file.readFully(all);
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int position = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int left = Integer.parseInt(tailLines); left > 0 && position >= 0; left--) {
            position = text.lastIndexOf('\n', position - 1);
        }
        return position + 1;
    }

    /** A follower ends when it goes away, which writing to it tells, or when this server closes. */
    private static void copy(RandomAccessFile file, OutputStream out, boolean follow) throws IOException {
        byte[] buffer = new byte[8192];
        while (true) {
            int read = file.read(buffer);
            if (read > 0) {
                out.write(buffer, 0, read);
                out.flush();
            } else if (!follow) {
                return;
            } else {
                try {
                    Thread.sleep(POLL_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
