package org.openphoneimport.keep;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
