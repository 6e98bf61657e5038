package io.pagecache.standalone;

import io.pagecache.plan.ExplainRequest;
import io.pagecache.standalone.serve.Address;
import io.pagecache.standalone.serve.LocalBackends;
import io.pagecache.standalone.serve.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line. */
sealed interface CommandLine {
    String USAGE = """
            usage: pagecache serve POLICY.yaml [--port 8080] [--management-port 9000] [--host 127.0.0.1]
                                   [--backend NAME=HOST:PORT]...
                                   [--tls-cert FILE --tls-key FILE [--tls-port 8443]]
                   pagecache check POLICY.yaml
                   pagecache explain POLICY.yaml URL [-H 'Name: value']... [--method GET] [--client ADDRESS]
                                   [--fetch] [--backend NAME=HOST:PORT]... [--output text|json]""";

    /** The management port is for this machine only, whatever the proxy listens on. */
    String LOOPBACK = "127.0.0.1";

    record Check(Path file) implements CommandLine {}

    record Serve(
            Path file,
            Address listen,
            Address management,
            LocalBackends backends,
            @Nullable TlsFiles tls) implements CommandLine {}

    /** @param json whether it is for programs */
    record Explain(Path file, ExplainRequest question, LocalBackends backends, boolean json) implements CommandLine {}

    /** @param problem what is wrong with the command line */
    record Misuse(String problem) implements CommandLine {}

    static CommandLine parse(List<String> arguments) {
        if (arguments.size() < 2) {
            return new Misuse("expected a command and a policy file");
        }
        if (arguments.get(1).startsWith("-")) {
            return new Misuse(arguments.get(1) + ": expected a policy file first, then options");
        }
        Path file = Path.of(arguments.get(1));
        List<String> options = arguments.subList(2, arguments.size());
        return switch (arguments.getFirst()) {
            case "check" -> options.isEmpty() ? new Check(file) : new Misuse("check takes nothing but a file");
            case "serve" -> new ServeParser(file).parse(options.iterator());
            case "explain" -> ExplainParser.parse(file, options);
            default -> new Misuse("unknown command '" + arguments.getFirst() + "': expected serve, check or explain");
        };
    }

    /** Adds a backend, or says what is wrong with its text. */
    static Optional<String> takeBackend(String value, Map<String, Address> backends) {
        int equals = value.indexOf('=');
        Optional<Address> address = equals < 1 ? Optional.empty() : Address.parse(value.substring(equals + 1));
        if (address.isEmpty()) {
            return Optional.of("expected NAME=HOST:PORT");
        }
        backends.put(value.substring(0, equals), address.get());
        return Optional.empty();
    }

    /** Collects the options of {@code serve}. */
    final class ServeParser {
        private final Path file;
        private String host = LOOPBACK;
        private int port = 8080;
        private int managementPort = 9000;
        private int tlsPort = 8443;
        private @Nullable Path chain;
        private @Nullable Path key;
        private final Map<String, Address> backends = new HashMap<>();

        private ServeParser(Path file) {
            this.file = file;
        }

        private CommandLine parse(Iterator<String> options) {
            while (options.hasNext()) {
                String name = options.next();
                String value = options.hasNext() ? options.next() : null;
                Optional<String> problem = value == null ? Optional.of("expected a value") : take(name, value);
                if (problem.isPresent()) {
                    return new Misuse(describe(name, value) + ": " + problem.get());
                }
            }
            if ((chain == null) != (key == null)) {
                return new Misuse("--tls-cert and --tls-key: expected both or neither");
            }
            return new Serve(
                    file,
                    new Address(host, port),
                    new Address(LOOPBACK, managementPort),
                    new LocalBackends(backends),
                    chain == null || key == null ? null : new TlsFiles(chain, key, tlsPort));
        }

        private static String describe(String name, @Nullable String value) {
            return value == null ? name : name + " " + value;
        }

        private Optional<String> take(String name, String value) {
            return switch (name) {
                case "--port" -> takePort(value, number -> port = number);
                case "--management-port" -> takePort(value, number -> managementPort = number);
                case "--host" -> {
                    host = value;
                    yield Optional.empty();
                }
                case "--tls-port" -> takePort(value, number -> tlsPort = number);
                case "--tls-cert" -> takeFile(value, path -> chain = path);
                case "--tls-key" -> takeFile(value, path -> key = path);
                case "--backend" -> takeBackend(value, backends);
                default ->
                    Optional.of("unknown option, expected --port, --management-port, --host, --backend, --tls-cert,"
                            + " --tls-key or --tls-port");
            };
        }

        private static Optional<String> takeFile(String value, Consumer<Path> field) {
            Path path = Path.of(value).toAbsolutePath();
            field.accept(path);
            return Files.isReadable(path) ? Optional.empty() : Optional.of("expected a file that can be read");
        }

        private static Optional<String> takePort(String value, IntConsumer field) {
            Optional<Integer> port = Address.parsePort(value);
            port.ifPresent(field::accept);
            return port.isPresent() ? Optional.empty() : Optional.of("expected a port, 1 to 65535");
        }
    }
}
