package org.openphoneimport.keep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Pause;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@Timeout(20)
class TaskLeasesTest {

    private static final String TASK = "test";

    @Inject
    EntityManager entityManager;

    /** It was so slow that somebody else has begun: a third would be one too many. */
    @Test
    @Landing
    void who_is_late_does_not_give_back_what_another_holds() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var third = new AtomicInteger();

        leases(Duration.ofSeconds(1)).alone(TASK, () -> {
            Pause.millis(1100);
            Thread.startVirtualThread(() -> leases(Duration.ofSeconds(30)).alone(TASK, () -> {
                begun.countDown();
                await(end);
            }));
            await(begun);
        });

        try {
            leases(Duration.ofSeconds(1)).alone(TASK, third::incrementAndGet);
        } finally {
            end.countDown();
        }
        assertThat(begun.getCount()).isZero();
        assertThat(third).hasValue(0);
    }

    /** While a run uses all of the rate limit, this happens each minute. */
    @Test
    void a_task_that_may_send_no_request_now_is_no_failure() {
        var line = told(() -> {
            throw new NotNowException.OutOfTime();
        });

        assertThat(line.getLevel()).isEqualTo(Level.INFO);
        assertThat(line.getThrown()).isNull();
        assertThat(new PatternFormatter("%s").format(line)).isEqualTo("The task \"test\" of keep-runs waits: "
                + "No request could be sent before the time limit. It goes on in a few minutes");
    }

    @Test
    void a_task_that_fails_is_an_error_with_its_cause() {
        var failure = new IllegalStateException("broken");

        var line = told(() -> {
            throw failure;
        });

        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(line.getThrown()).isSameAs(failure);
    }

    /** The line of the log about a task that ends so. */
    private LogRecord told(Runnable work) {
        var lines = new ArrayList<LogRecord>();
        var log = Logger.getLogger(TaskLeases.class.getName());
        Filter before = log.getFilter();
        log.setFilter(lines::add);
        try {
            leases(Duration.ofSeconds(30)).alone(TASK, work);
        } finally {
            log.setFilter(before);
        }
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private TaskLeases leases(Duration lease) {
        return new TaskLeases(entityManager, new KeepConfig() {
            @Override
            public Duration lease() {
                return lease;
            }

            @Override
            public Duration patience() {
                return lease;
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            // Not for ever: what is waited for may be what is broken.
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
