package io.pagecache.operator.warm;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a cron expression of five fields, in a time zone. */
public final class WarmUpSchedule {
    private final ExecutionTime times;
    private final ZoneId zone;

    private WarmUpSchedule(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException when the expression or the zone is none */
    public static WarmUpSchedule parse(String expression, String zone) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        return new WarmUpSchedule(ExecutionTime.forCron(parser.parse(expression)), zoneOf(zone));
    }

    /** @throws IllegalArgumentException when there is no such zone */
    public static ZoneId zoneOf(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(unknown.getMessage(), unknown);
        }
    }

    /** The newest time that is not after {@code now}. */
    Optional<Instant> lastAt(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        return times.isMatch(local) && local.getNano() == 0 && local.getSecond() == 0
                ? Optional.of(now)
                : times.lastExecution(local).map(ZonedDateTime::toInstant);
    }

    /** The first time after {@code now}. */
    Optional<Instant> nextAfter(Instant now) {
        return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
    }
}
