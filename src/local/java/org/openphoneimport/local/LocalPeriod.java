package org.openphoneimport.local;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.openphoneimport.notice.Schedule;

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
        this.cron = cron.strip();
        this.clock = clock;
    }

    @Override
    public Optional<Duration> period() {
        if (cron.equals("off") || cron.equals("disabled")) {
            return Optional.empty();
        }
        var times = ExecutionTime
                .forCron(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ)).parse(cron));
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
