package io.pagecache.proxy.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;

/** Vert.x's complaints about event loops that do not come back. */
final class BlockedLoops {
    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";
    private static final Pattern BLOCKED = Pattern.compile("has been blocked for (\\d+) ms");
    private static final Duration AROUND = Duration.ofSeconds(2);
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final LongAdder COMPLAINTS = new LongAdder();
    private static final Starvation STARVATION = new Starvation();

    private BlockedLoops() {}

    static void watch() {
        STARVATION.begin();
        LogContext.getLogContext().getLogger(CHECKER).addHandler(new Listening());
    }

    /** What was found since the last call. */
    static List<String> take() {
        List<String> all = new ArrayList<>();
        for (String one = FOUND.poll(); one != null; one = FOUND.poll()) {
            all.add(one);
        }
        return all;
    }

    /** All since the start, excused or not. */
    static long complaints() {
        return COMPLAINTS.sum();
    }

    private static void heard(String complaint) {
        COMPLAINTS.increment();
        Matcher blocked = BLOCKED.matcher(complaint);
        if (blocked.find() && !isExcused(Duration.ofMillis(Long.parseLong(blocked.group(1))))) {
            FOUND.add(complaint);
        }
    }

    private static boolean isExcused(Duration blocked) {
        return STARVATION.wasWithin(blocked.plus(AROUND));
    }

    private static final class Listening extends ExtHandler {
        @Override
        protected void doPublish(ExtLogRecord line) {
            heard(line.getFormattedMessage());
        }
    }
}
