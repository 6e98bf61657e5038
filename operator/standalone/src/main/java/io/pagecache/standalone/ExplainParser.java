package io.pagecache.standalone;

import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.IpAddress;
import io.pagecache.standalone.CommandLine.Explain;
import io.pagecache.standalone.CommandLine.Misuse;
import io.pagecache.standalone.serve.Address;
import io.pagecache.standalone.serve.LocalBackends;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what {@code explain} is told. */
final class ExplainParser {
    private final Path file;
    private final String url;
    private final Map<String, Address> backends = new HashMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String method;
    private @Nullable String client;
    private boolean fetch;
    private boolean json;

    private ExplainParser(Path file, String url) {
        this.file = file;
        this.url = url;
    }

    /** @param words URL first, then options */
    static CommandLine parse(Path file, List<String> words) {
        if (words.isEmpty() || words.getFirst().startsWith("-")) {
            return new Misuse("explain: expected a URL after the policy file, such as https://www.example.com/news");
        }
        return new ExplainParser(file, words.getFirst())
                .parse(words.subList(1, words.size()).iterator());
    }

    private CommandLine parse(Iterator<String> options) {
        while (options.hasNext()) {
            String name = options.next();
            if (name.equals("--fetch")) {
                fetch = true;
                continue;
            }
            String value = options.hasNext() ? options.next() : null;
            Optional<String> problem = value == null ? Optional.of("expected a value") : take(name, value);
            if (problem.isPresent()) {
                return new Misuse((value == null ? name : name + " " + value) + ": " + problem.get());
            }
        }
        ExplainRequest question = new ExplainRequest(
                url, method, Map.copyOf(headers), client, null, fetch || !backends.isEmpty() ? true : null);
        return new Explain(file, question, new LocalBackends(backends), json);
    }

    private Optional<String> take(String name, String value) {
        return switch (name) {
            case "-H", "--header" -> takeHeader(value);
            case "--method" -> {
                method = value.toUpperCase(Locale.ROOT);
                yield Optional.empty();
            }
            case "--client" -> {
                client = value;
                yield IpAddress.parse(value) == null ? Optional.of("expected an IP address") : Optional.empty();
            }
            case "--output", "-o" -> {
                json = value.equals("json");
                yield json || value.equals("text") ? Optional.empty() : Optional.of("expected text or json");
            }
            case "--backend" -> CommandLine.takeBackend(value, backends);
            default -> Optional.of("unknown option, expected -H, --method, --client, --backend, --fetch or --output");
        };
    }

    /** A field that is said twice is one with two values (RFC 9110 section 5.3), but for cookies (RFC 6265 section 5.4). */
    private Optional<String> takeHeader(String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || line.substring(0, colon).isBlank()) {
            return Optional.of("expected 'Name: value'");
        }
        String name = line.substring(0, colon).strip();
        String between = name.equalsIgnoreCase("Cookie") ? "; " : ", ";
        headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + between + other);
        return Optional.empty();
    }
}
