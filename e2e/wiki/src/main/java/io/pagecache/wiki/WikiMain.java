package io.pagecache.wiki;

import java.time.Clock;
import java.util.List;

/** Starts the wiki as a program of its own. */
public final class WikiMain {
    private WikiMain() {}

    public static void main(String[] arguments) {
        // Netty's shortcut around the JDK makes the JDK warn at each start; this site needs no shortcut.
        System.setProperty("io.netty.noUnsafe", "true");
        WikiOptions options;
        try {
            options = WikiOptions.parse(List.of(arguments), System.getenv());
        } catch (InvalidOptionException invalid) {
            System.err.println("wiki: " + invalid.getMessage());
            System.err.println(WikiOptions.USAGE);
            System.exit(2);
            return;
        }
        try {
            Wiki wiki = Wiki.start(options, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(wiki::close, "wiki-shutdown"));
            System.out.println("Wiki listening on " + wiki.url());
        } catch (WikiStartException failed) {
            System.err.println("wiki: " + failed.getMessage());
            System.exit(1);
        }
    }
}
