package org.openphoneimport.local;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.openphoneimport.notice.Schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

/** How often one machine reconciles, by its own schedule: on weekdays only, a weekend may pass. */
@ApplicationScoped
class LocalPeriod implements Schedule {

    // Enough to see a month of days or years of months.
    private static final int STARTS = 40;

    private final String cron;
    private final Clock clock;

    LocalPeriod(@ConfigProperty(name = "local.reconcile-cron", defaultValue = "0 30 3 * * ?") String cron, Clock clock) {
        this.cron = cron;
        this.clock = clock;
    }

    /**
     * The schedule that {@code LOCAL_RECONCILE_CRON} tells; empty for none.
     *
     * @throws IllegalArgumentException saying what one looks like; the scheduler would not name the setting
     */
    static Optional<Cron> read(String cron) {
        var text = cron.strip();
        if (text.equals("off") || text.equals("disabled")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ)).parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("LOCAL_RECONCILE_CRON must be off or a cron expression of Quartz such as "
                    + "\"0 30 3 * * ?\", not \"%s\": %s".formatted(text, e.getMessage()), e);
        }
    }

    @Override
    public Optional<Duration> period() {
        return read(cron).map(ExecutionTime::forCron).flatMap(this::longest);
    }

    private Optional<Duration> longest(ExecutionTime times) {
        // In UTC no day has 25 hours.
        Optional<ZonedDateTime> start = times.nextExecution(clock.instant().atZone(ZoneOffset.UTC));
        Optional<Duration> longest = Optional.empty();
        for (int i = 0; i < STARTS && start.isPresent(); i++) {
            var next = times.nextExecution(start.get());
            if (next.isPresent()) {
                var gap = Duration.between(start.get(), next.get());
                longest = longest.filter(known -> known.compareTo(gap) >= 0).or(() -> Optional.of(gap));
            }
            start = next;
        }
        return longest;
    }
}
