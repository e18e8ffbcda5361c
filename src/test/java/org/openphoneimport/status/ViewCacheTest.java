package org.openphoneimport.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@BesideOthers
class ViewCacheTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger reads = new AtomicInteger();
    /** What time it is for what is shared, in nanoseconds. */
    private final AtomicLong clock = new AtomicLong();

    @Test
    void of_many_who_look_at_once_one_reads() throws Exception {
        var shared = sharing(LONG);
        var fifty = new CountDownLatch(50);
        try (var viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> look = () -> {
                fifty.countDown();
                fifty.await();
                return shared.read("run", reads::incrementAndGet);
            };
            for (var seen : viewers.invokeAll(Stream.generate(() -> look).limit(50).toList())) {
                assertThat(seen.get()).isEqualTo(1);
            }
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void what_was_read_holds_for_a_moment_and_for_what_it_is() {
        assertThat(sharing(LONG).read("run", reads::incrementAndGet)).isEqualTo(1);
        var never = sharing(Duration.ZERO);
        assertThat(List.of(never.read("run", reads::incrementAndGet), never.read("run", reads::incrementAndGet)))
                .containsExactly(2, 3);
        var shared = sharing(LONG);
        assertThat(List.of(shared.read("run", reads::incrementAndGet), shared.read("other", reads::incrementAndGet)))
                .containsExactly(4, 5);
    }

    @Test
    void who_comes_a_moment_later_does_not_wait_for_what_is_read_again() {
        var shared = sharing(Duration.ofSeconds(2));
        var release = new CountDownLatch(1);
        shared.read("run", reads::incrementAndGet);
        clock.addAndGet(Duration.ofMillis(2_050).toNanos());

        try {
            for (int look = 0; look < 3; look++) {
                assertThat(shared.read("run", () -> {
                    await(release);
                    return reads.incrementAndGet();
                })).isEqualTo(1);
            }
        } finally {
            release.countDown();
        }

        Waiting.await().until(() -> shared.read("run", reads::get) == 2);
        assertThat(reads).hasValue(2);
    }

    @Test
    void who_comes_long_after_reads() {
        var shared = sharing(Duration.ofSeconds(2));
        shared.read("run", reads::incrementAndGet);
        clock.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(shared.read("run", reads::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void what_took_long_to_read_holds_four_times_as_long() {
        var shared = sharing(Duration.ofSeconds(1));
        shared.read("run", () -> took(Duration.ofMillis(1_500)));
        clock.addAndGet(Duration.ofSeconds(4).toNanos());

        assertThat(shared.read("run", reads::incrementAndGet)).isEqualTo(1);
        assertThat(reads).hasValue(1);

        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(shared.read("run", reads::incrementAndGet)).isEqualTo(1);
        Waiting.await().until(() -> shared.read("run", reads::get) == 2);
    }

    @Test
    void nothing_holds_longer_than_ten_moments() {
        var shared = sharing(Duration.ofSeconds(1));
        shared.read("run", () -> took(Duration.ofSeconds(4)));
        clock.addAndGet(Duration.ofSeconds(7).toNanos());

        assertThat(shared.read("run", reads::incrementAndGet)).isEqualTo(1);
        Waiting.await().until(() -> shared.read("run", reads::get) == 2);
    }

    private int took(Duration time) {
        clock.addAndGet(time.toNanos());
        return reads.incrementAndGet();
    }

    @Test
    void whoever_has_pressed_a_button_sees_what_it_did() {
        var shared = sharing(LONG);
        shared.read("run", reads::incrementAndGet);

        shared.forget();

        assertThat(shared.read("run", reads::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void what_could_not_be_read_is_told_as_it_was() {
        assertThatThrownBy(() -> sharing(LONG).read("run", () -> {
            throw RefusedException.unknown("There is no run");
        })).isInstanceOf(RefusedException.class).hasMessage("There is no run");
    }

    /** Not for ever: where this thread itself were the one that reads, the latch would never open. */
    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).as("Somebody waits for what is read again").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ViewCache sharing(Duration moment) {
        return new ViewCache(() -> moment, clock::get);
    }
}
