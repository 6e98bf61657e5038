package io.pagecache.wiki;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * How the wiki is started.
 *
 * @param host address to bind
 * @param port 0 to 65535; 0 takes a free one
 * @param slowBuild how long {@code /wiki/Slow} takes to build
 * @param allowFaults whether {@code /fail} may switch the site to errors
 */
public record WikiOptions(String host, int port, Duration slowBuild, boolean allowFaults) {
    static final String USAGE = """
            usage: wiki [--host ADDRESS] [--port 0-65535] [--slow-ms MILLISECONDS] [--allow-faults]
              --host          address to bind; default: $HOST, else $POD_IP, else 127.0.0.1
              --port          port to bind, 0 for a free one; default: $PORT, else 8080
              --slow-ms       build time of /wiki/Slow in milliseconds; default: 2000
              --allow-faults  let GET /fail?on and /fail?off switch the site to errors and back""";

    private static final Duration LONGEST_BUILD = Duration.ofMinutes(10);

    /** Arguments rank before the environment. */
    public static WikiOptions parse(List<String> arguments, Map<String, String> environment)
            throws InvalidOptionException {
        String host = environment.getOrDefault("HOST", environment.getOrDefault("POD_IP", "127.0.0.1"));
        int port = number("PORT", environment.getOrDefault("PORT", "8080"), 65_535);
        Duration slowBuild = Duration.ofSeconds(2);
        boolean allowFaults = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--host" -> host = valueOf(option, rest);
                case "--port" -> port = number(option, valueOf(option, rest), 65_535);
                case "--slow-ms" ->
                    slowBuild =
                            Duration.ofMillis(number(option, valueOf(option, rest), (int) LONGEST_BUILD.toMillis()));
                case "--allow-faults" -> allowFaults = true;
                default -> throw new InvalidOptionException("unknown option '%s'".formatted(option));
            }
        }
        return new WikiOptions(host, port, slowBuild, allowFaults);
    }

    private static String valueOf(String option, Deque<String> rest) throws InvalidOptionException {
        if (rest.isEmpty()) {
            throw new InvalidOptionException("%s needs a value".formatted(option));
        }
        return rest.pop();
    }

    private static int number(String option, String text, int max) throws InvalidOptionException {
        try {
            int value = Integer.parseInt(text);
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, together with numbers out of range.
        }
        throw new InvalidOptionException("%s is '%s': expected a number from 0 to %d".formatted(option, text, max));
    }
}
