package io.pagecache.e2e.blackbox;

import io.pagecache.e2e.process.Tool;
import io.pagecache.e2e.process.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, where it is installed: closed-loop load over 64 connections. */
final class LoadTool {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

    /** Every request for another page. */
    private static final String DISTINCT = """
            local n = 0
            request = function()
              n = n + 1
              return wrk.format("GET", "/distinct/" .. n)
            end
            """;

    /**
     * @param perSecond answers
     * @param p99Micros what 99 of 100 answers took at most
     */
    record Result(double perSecond, double p99Micros) {}

    private LoadTool() {}

    static boolean isThere() {
        return Tool.works("sh", "-c", "command -v wrk");
    }

    static Result samePage(String url, int seconds) {
        return run(List.of("wrk", "-t1", "-c64", "-d" + seconds + "s", "--latency", url + "/pages/1"));
    }

    static Result distinctPages(String url, int seconds, WorkFolder work) {
        String script = work.write("distinct.lua", DISTINCT).toString();
        return run(List.of("wrk", "-t1", "-c64", "-d" + seconds + "s", "--latency", "-s", script, url));
    }

    private static Result run(List<String> command) {
        try {
            Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(said);
            Matcher p99 = P99.matcher(said);
            if (!rate.find() || !p99.find()) {
                throw new IllegalStateException("wrk says nothing of rate and latency: " + said);
            }
            double unit =
                    switch (p99.group(2)) {
                        case "us" -> 1;
                        case "ms" -> 1_000;
                        default -> 1_000_000;
                    };
            return new Result(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * unit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
