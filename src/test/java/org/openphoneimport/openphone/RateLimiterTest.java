package org.openphoneimport.openphone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Pause;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** The limiter on the row in PostgreSQL that it really uses; each test with the rate that it needs. */
@QuarkusTest
@Timeout(30)
class RateLimiterTest {

    // As when the clock steps back by an hour.
    private static final String AN_HOUR_AHEAD = """
            UPDATE rate_limits SET next_at = clock_timestamp() + interval '1 hour',
                free_at = (SELECT array_agg(clock_timestamp() + interval '1 hour') FROM unnest(free_at))""";

    private final Bench bench = Bench.get();

    @Inject
    EntityManager entityManager;

    @BeforeEach
    void reset() {
        bench.reset();
    }

    @Test
    void slots_are_spaced_evenly() {
        var slots = slots(9);
        var interval = Duration.ofNanos(1_000_000_000 / 9);
        var begin = Instant.now();

        var first = in(slots.take(null));
        var second = in(slots.take(null));
        var third = in(slots.take(null));

        var elapsed = Duration.between(begin, Instant.now());
        assertThat(first).isZero();
        assertThat(second).isBetween(interval.minus(elapsed), interval);
        assertThat(third).isBetween(interval.multipliedBy(2).minus(elapsed), interval.multipliedBy(2));
    }

    @Test
    void a_slot_is_never_further_ahead_than_250_ms() {
        var slots = slots(1);
        slots.take(null);
        bench.database().execute("UPDATE rate_limits SET free_at = ARRAY[clock_timestamp() + interval '1 s']");

        assertThat(slots.take(null)).asInstanceOf(type(RequestSlots.Slot.AskAgain.class))
                .satisfies(again -> assertThat(again.after()).isBetween(Duration.ofMillis(501), Duration.ofMillis(750)));
        assertThat(granted()).isEqualTo(1);
    }

    @Test
    void what_was_not_used_is_not_saved_up() {
        var slots = slots(20);
        slots.take(null);
        rest();

        assertThat(in(slots.take(null))).isZero();
        assertThat(in(slots.take(null))).isGreaterThan(Duration.ofMillis(10));
    }

    @Test
    @Landing
    void requests_of_many_threads_do_not_come_in_bunches() throws Exception {
        var limiter = limiter(40);
        var times = new ConcurrentLinkedQueue<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                threads.execute(() -> {
                    limiter.await(caller(null), false);
                    times.add(System.nanoTime());
                });
            }
        }

        var sorted = times.stream().sorted().toList();
        assertThat(sorted).hasSize(40);
        assertThat(Duration.ofNanos(sorted.getLast() - sorted.getFirst())).isGreaterThan(Duration.ofMillis(39 * 25 - 60));
        // The first of them late by as much as is still allowed, ten never come in less than what three quarters make of it.
        for (int i = 10; i < sorted.size(); i++) {
            assertThat(Duration.ofNanos(sorted.get(i) - sorted.get(i - 10)))
                    .isGreaterThan(Duration.ofMillis(Math.round(10 * 25 * 0.75) - 100));
        }
        assertThat(granted()).isGreaterThanOrEqualTo(40);
    }

    @Test
    @Landing
    void two_processes_share_one_rate() throws Exception {
        var one = limiter(40);
        var other = limiter(40);
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                threads.execute(() -> one.await(caller(null), false));
                threads.execute(() -> other.await(caller(null), false));
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(19 * 25));
    }

    @Test
    void a_slot_whose_answer_was_held_up_is_given_up() {
        var slots = new Slots(entityManager, config(100));
        var limiter = new RateLimiter(slots, config(100), Clock.systemUTC());
        limiter.await(caller(null), false);
        slots.answersTake = Stream.of(Duration.ofMillis(350)).iterator();

        limiter.await(caller(null), false);

        assertThat(granted()).isEqualTo(3);
    }

    @Test
    @Landing
    void a_distant_database_costs_no_slots() {
        var slots = new Slots(entityManager, config(100));
        var limiter = new RateLimiter(slots, config(100), Clock.systemUTC());
        slots.answersTake = Stream.generate(() -> Duration.ofMillis(150)).iterator();
        for (int i = 0; i < 5; i++) {
            limiter.await(caller(null), false);
        }

        assertThat(granted()).isEqualTo(5);
    }

    @Test
    void a_block_holds_for_everyone_until_its_end() {
        var one = slots(100);
        var other = slots(100);
        one.take(null);

        one.block(Duration.ofSeconds(30));

        assertThat(other.take(null)).asInstanceOf(type(RequestSlots.Slot.Blocked.class))
                .satisfies(blocked -> assertThat(blocked.time()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30)));
        bench.database().execute("UPDATE rate_limits SET blocked_until = clock_timestamp()");
        assertThat(other.take(null)).isInstanceOf(RequestSlots.Slot.In.class);
    }

    @Test
    void a_shorter_block_does_not_shorten_a_longer_one() {
        var slots = slots(100);
        slots.take(null);

        slots.block(Duration.ofSeconds(30));
        slots.block(Duration.ofSeconds(1));

        assertThat(blockedFor()).isBetween(25.0, 30.0);
    }

    @Test
    void blocks_that_name_no_time_double_up_to_a_minute() {
        var slots = slots(100);
        slots.take(null);
        for (double expected : new double[] { 1, 2, 4, 8, 16, 32, 60, 60 }) {
            slots.block();
            assertThat(blockedFor()).isBetween(expected - 0.9, expected);
            // The others that were under way are refused as well, and make nothing longer.
            slots.block();
            assertThat(blockedFor()).isBetween(expected - 0.9, expected);
            bench.database().execute("UPDATE rate_limits SET blocked_until = clock_timestamp()");
        }
    }

    @Test
    void blocks_begin_anew_when_a_request_was_let_through_that_was_granted_after_the_last_429() {
        for (double rate : new double[] { 0, 100 }) {
            bench.database().execute("DELETE FROM rate_limits");
            var slots = slots(rate);
            var limiter = new RateLimiter(slots, config(rate), Clock.systemUTC());
            limiter.letThrough(turn(limiter));
            for (int i = 0; i < 3; i++) {
                slots.block();
                bench.database().execute("UPDATE rate_limits SET blocked_until = clock_timestamp()");
            }
            var before = turn(limiter);
            slots.block();
            bench.database().execute("UPDATE rate_limits SET blocked_until = clock_timestamp()");

            // It may have come to OpenPhone before the one that was refused.
            limiter.letThrough(before);
            slots.block();
            assertThat(blockedFor()).as("at the rate %s, the fifth in a row", rate).isBetween(15.0, 16.0);

            bench.database().execute("UPDATE rate_limits SET blocked_until = clock_timestamp()");
            limiter.letThrough(turn(limiter));
            slots.block();
            assertThat(blockedFor()).as("at the rate %s, let through", rate).isBetween(0.1, 1.0);
        }
    }

    @Test
    void a_block_longer_than_the_patience_is_not_slept_through() {
        var limiter = limiter(100);
        limiter.await(caller(null), false);
        limiter.block(Duration.ofSeconds(30));

        assertThatThrownBy(() -> limiter.await(caller(null), false)).isInstanceOf(NotNowException.Blocked.class)
                .hasMessageMatching("OpenPhone asked to wait for (29|30) s");
    }

    @Test
    @Landing
    void a_429_wakes_those_who_sleep_on_their_slots() throws Exception {
        // So far ahead that this test comes in time on a slow machine.
        var config = ApiKeys.config(Map.of("openphone.rate", "1", "openphone.slot-ahead", "1s", "openphone.api-key", "key"));
        var limiter = new RateLimiter(new Slots(entityManager, config), config, Clock.systemUTC());
        limiter.await(caller(null), false);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sleeping = threads.submit(() -> {
                limiter.await(caller(null), false);
                return System.nanoTime();
            });
            bench.soon().until(() -> granted() == 2);
            long blocked = System.nanoTime();

            limiter.block(Duration.ofMillis(1500));

            assertThat(Duration.ofNanos(sleeping.get() - blocked)).isGreaterThan(Duration.ofMillis(1500));
            assertThat(granted()).isEqualTo(3);
        }
    }

    @Test
    void a_run_that_is_paused_or_over_gets_no_slot() {
        var slots = slots(100);
        for (var status : new String[] { "paused", "cancelled", "failed", "completed" }) {
            assertThat(slots.take(run(status))).isEqualTo(new RequestSlots.Slot.RunStopped(status));
        }
        for (var status : new String[] { "pending", "running", "verifying" }) {
            assertThat(slots.take(run(status))).isInstanceOf(RequestSlots.Slot.In.class);
        }
    }

    @Test
    void a_run_that_is_paused_while_everybody_waits_stops_at_once() {
        var limiter = limiter(100);
        var run = run("running");
        limiter.await(caller(run), false);
        limiter.block(Duration.ofSeconds(15));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> limiter.await(caller(run), false));
            bench.database().execute("UPDATE import_runs SET status = 'paused' WHERE id = ?", run);

            bench.soon().atMost(Duration.ofSeconds(5)).until(waiting::isDone);
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(NotNowException.RunStopped.class);
        }
    }

    @Test
    void a_clock_that_steps_back_costs_three_seconds() {
        var slots = slots(100);
        slots.take(null);
        bench.database().execute(AN_HOUR_AHEAD);

        assertThat(slots.take(null)).asInstanceOf(type(RequestSlots.Slot.AskAgain.class))
                .satisfies(again -> assertThat(again.after()).isBetween(Duration.ofMillis(2900), Duration.ofSeconds(3)));
    }

    @Test
    @Landing
    void a_clock_that_stepped_back_does_not_stop_the_limiter() {
        var limiter = limiter(100);
        limiter.await(caller(null), false);
        bench.database().execute(AN_HOUR_AHEAD);
        long begin = System.nanoTime();

        limiter.await(caller(null), false);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void near_the_time_limit_nobody_waits_for_a_slot() {
        var limiter = limiter(1);

        assertThatThrownBy(() -> limiter.await(new Caller(null, Instant.now().minusMillis(1)), false))
                .isInstanceOf(NotNowException.OutOfTime.class);
    }

    @Test
    void a_rate_of_zero_is_no_limit() {
        var slots = slots(0);
        for (int i = 0; i < 50; i++) {
            assertThat(in(slots.take(null))).isZero();
        }
        assertThat(granted()).isEqualTo(50);
    }

    @Test
    void nine_requests_a_second_until_openphone_says_what_it_grants_then_all_of_it() {
        var quota = new Quota();
        var slots = slots(quota);

        assertThat(token(slots.take(null)).cooldown()).isEqualTo(Duration.ofSeconds(1));
        assertThat(tokens()).isEqualTo(9);
        quota.read("\"per-second\"; q=10; w=1");

        assertThat(token(slots.take(null)).cooldown()).isEqualTo(Duration.ofMillis(1015));
        assertThat(tokens()).isEqualTo(10);
        assertThat(bench.database().value("SELECT quota FROM rate_limits")).isEqualTo(10.0);
    }

    @Test
    void after_a_429_a_tenth_is_left_for_two_minutes() {
        var quota = new Quota();
        var slots = slots(quota);
        quota.read("\"per-second\"; q=5; w=1");
        assertThat(token(slots.take(null)).cooldown()).isEqualTo(Duration.ofMillis(1015));

        slots.block(Duration.ZERO);
        assertThat(token(slots.take(null)).cooldown().toMillis()).as("four at four and a half a second").isEqualTo(888);

        bench.database().execute("UPDATE rate_limits SET refused_at = refused_at - interval '2 minutes 1 second'");
        rest();
        assertThat(token(slots.take(null)).cooldown()).isEqualTo(Duration.ofMillis(1015));
    }

    /** As long as a process has had no answer it uses one token less than the others. */
    @Test
    void who_was_not_told_the_quota_leaves_the_tokens_of_those_who_were_as_they_are() {
        var told = new Quota();
        told.read("\"per-second\"; q=10; w=1");
        slots(told).take(null);
        bench.database().execute("UPDATE rate_limits SET free_at[10] = clock_timestamp() + interval '1 s'");
        var tenth = freeAt().getLast();

        slots(new Quota()).take(null);

        assertThat(freeAt()).hasSize(10).last().isEqualTo(tenth);
    }

    @Test
    void after_a_rest_slots_are_spaced_evenly_again_and_a_token_is_never_taken_before_its_second_is_over() {
        var slots = new Slots(entityManager,
                ApiKeys.config(Map.of("openphone.rate", "4", "openphone.slot-ahead", "1s", "openphone.api-key", "key")));
        slots.take(null);
        rest();
        for (int i = 0; i < 4; i++) {
            assertThat(token(slots.take(null)).number()).isEqualTo(i + 1);
        }

        assertThat(spacing()).containsExactly(0.25, 0.25, 0.25);
    }

    @Test
    void what_was_lost_for_a_moment_is_caught_up_at_three_quarters_of_the_distance() {
        var slots = slots(4);
        slots.take(null);
        // All four are free, as if others had let half a second pass.
        bench.database().execute("""
                UPDATE rate_limits SET next_at = clock_timestamp() - interval '500 ms',
                    free_at = array_fill(clock_timestamp() - interval '1 s', ARRAY[4])""");

        assertThat(in(slots.take(null))).isZero();
        assertThat(in(slots.take(null))).isBetween(Duration.ofMillis(100), Duration.ofMillis(188));
    }

    @Test
    @Landing
    void what_comes_late_lets_its_token_rest_longer_and_no_other() {
        var config = config(4);
        var limiter = new RateLimiter(new Slots(entityManager, config), config, Clock.systemUTC());
        warmUp(limiter);
        answered(limiter, Duration.ZERO);
        var before = freeAt();

        answered(limiter, Duration.ofMillis(600));

        var after = freeAt();
        assertThat(after.get(1) - before.get(1)).isBetween(1.55, 3.0);
        assertThat(after.get(0)).isEqualTo(before.get(0));
    }

    @Test
    void the_token_of_a_process_that_is_starting_rests_longer_since_what_it_sends_will_be_late() {
        var config = config(4);
        var limiter = new RateLimiter(new Slots(entityManager, config), config, Clock.systemUTC());
        answered(limiter, Duration.ZERO);
        assertThat(restOf(1)).as("a second, and two more").isBetween(2.5, 3.0);

        warmUp(limiter);
        answered(limiter, Duration.ZERO);
        assertThat(restOf(2)).as("a second after its slot, a quarter of one from now").isBetween(0.5, 1.25);
    }

    @Test
    void what_comes_in_time_is_not_told_and_what_is_usual_has_to_be_seen_first() {
        var config = config(4);
        var told = new ArrayList<Duration>();
        var limiter = new RateLimiter(new Slots(entityManager, config) {
            @Override
            void delay(Token token, Duration freeIn) {
                told.add(freeIn);
            }
        }, config, Clock.systemUTC());
        var token = new RequestSlots.Token(1, Duration.ofSeconds(1), Duration.ofMillis(100));
        for (int i = 0; i < 200; i++) {
            limiter.answered(sentBefore(Duration.ofMillis(300), token));
        }
        // How long answers take is not known at first, and what is not known counts as late.
        assertThat(told).isNotEmpty();
        told.clear();

        limiter.answered(sentBefore(Duration.ofMillis(350), token));
        assertThat(told).as("as long as any takes, or little longer").isEmpty();

        limiter.answered(sentBefore(Duration.ofMillis(900), token));
        assertThat(told).hasSize(1);
    }

    /** What is on its way for up to 400 ms, and late or not when it comes, as on a busy machine. */
    @Test
    @Landing
    void however_late_requests_come_no_second_has_more_of_them_than_openphone_grants() throws Exception {
        var quota = new Quota();
        quota.read("\"per-second\"; q=10; w=1");
        var config = ApiKeys.config(Map.of("openphone.api-key", "key"));
        var limiters = List.of(new RateLimiter(new Slots(entityManager, config, quota), config, Clock.systemUTC()),
                new RateLimiter(new Slots(entityManager, config, quota), config, Clock.systemUTC()));
        var dice = new Random(7);
        var arrivals = new ConcurrentLinkedQueue<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 45; i++) {
                var limiter = limiters.get(i % 2);
                long way = dice.nextInt(5) == 0 ? dice.nextInt(400) : dice.nextInt(4);
                threads.execute(() -> {
                    var turn = Objects.requireNonNull(limiter.await(caller(null), false));
                    Pause.millis(way);
                    arrivals.add(System.nanoTime());
                    limiter.answered(turn);
                });
            }
        }

        var sorted = arrivals.stream().sorted().toList();
        assertThat(sorted).hasSize(45);
        for (int i = 10; i < sorted.size(); i++) {
            assertThat(Duration.ofNanos(sorted.get(i) - sorted.get(i - 10))).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_number_that_was_set_is_the_rate_whatever_openphone_grants() {
        var quota = new Quota();
        quota.read("\"per-second\"; q=10; w=1");
        var slots = new Slots(entityManager, config(2), quota);

        slots.take(null);

        assertThat(tokens()).isEqualTo(2);
        assertThat(bench.database().value("SELECT quota FROM rate_limits")).isNull();
    }

    @Test
    void a_report_that_comes_when_the_token_was_taken_again_frees_nothing() {
        var slots = slots(1);
        var token = token(slots.take(null));
        bench.database().execute("UPDATE rate_limits SET free_at = ARRAY[clock_timestamp() + interval '5 s']");
        var before = freeAt();

        slots.delay(token, Duration.ofMillis(900));

        assertThat(freeAt()).isEqualTo(before);
    }

    /** A rate below one a second is no reason to take its wait for a clock that stepped back. */
    @Test
    void a_request_in_four_seconds_is_what_a_quarter_a_second_means() {
        var slots = slots(0.25);
        slots.take(null);

        assertThat(slots.take(null)).asInstanceOf(type(RequestSlots.Slot.AskAgain.class))
                .satisfies(again -> assertThat(again.after()).isBetween(Duration.ofMillis(3000), Duration.ofMillis(3750)));
    }

    @Test
    void an_answer_counts_also_where_the_row_cannot_be_told_that_it_came_late() {
        var config = config(4);
        var limiter = new RateLimiter(new Slots(entityManager, config) {
            @Override
            void delay(Token token, Duration freeIn) {
                throw new IllegalStateException("Postgres is away");
            }
        }, config, Clock.systemUTC());

        assertThatCode(() -> limiter.answered(sentBefore(Duration.ofSeconds(1),
                new RequestSlots.Token(1, Duration.ofSeconds(1), Duration.ofMillis(100))))).doesNotThrowAnyException();
    }

    /** Until it is expected to send what it sends at once. */
    private static void warmUp(RateLimiter limiter) {
        for (int i = 0; i < 5; i++) {
            limiter.answered(sentBefore(Duration.ZERO, null));
        }
    }

    /** For how many seconds a token is not free. */
    private double restOf(int token) {
        return bench.database().value(
                "SELECT CAST(extract(epoch FROM free_at[%d] - clock_timestamp()) AS double precision) FROM rate_limits"
                        .formatted(token)) instanceof Double seconds ? seconds : -1;
    }

    private static RateLimiter.Turn sentBefore(Duration time, RequestSlots.@Nullable Token token) {
        long due = System.nanoTime() - time.toNanos();
        return new RateLimiter.Turn(due, due, token, null);
    }

    private static RateLimiter.Turn turn(RateLimiter limiter) {
        return Objects.requireNonNull(limiter.await(caller(null), false));
    }

    private static void answered(RateLimiter limiter, Duration answer) {
        var turn = Objects.requireNonNull(limiter.await(caller(null), false));
        Pause.millis(answer.toMillis());
        limiter.answered(turn);
    }

    private static RequestSlots.Token token(RequestSlots.Slot slot) {
        assertThat(slot).isInstanceOf(RequestSlots.Slot.In.class);
        return Objects.requireNonNull(((RequestSlots.Slot.In) slot).token());
    }

    /** As after a long time without a request. */
    private void rest() {
        bench.database().execute("""
                UPDATE rate_limits SET next_at = next_at - interval '1 hour',
                    free_at = (SELECT array_agg(free - interval '1 hour') FROM unnest(free_at) AS free)""");
    }

    private long tokens() {
        return bench.database().count("SELECT cardinality(free_at) FROM rate_limits");
    }

    /** Seconds of the day. */
    private List<Double> freeAt() {
        return bench.database().rows("""
                SELECT CAST(extract(epoch FROM free) AS double precision) AS at FROM rate_limits, unnest(free_at)
                    WITH ORDINALITY AS token (free, number)
                ORDER BY number""").stream().map(row -> (Double) row.get("at")).toList();
    }

    /** Seconds between the tokens, in their order. */
    private List<Double> spacing() {
        var free = freeAt();
        return IntStream.range(1, free.size()).mapToObj(i -> Math.round(100 * (free.get(i) - free.get(i - 1))) / 100.0)
                .toList();
    }

    private long granted() {
        return bench.database().count("SELECT granted FROM rate_limits");
    }

    private double blockedFor() {
        return bench.database().value("""
                SELECT CAST(extract(epoch FROM blocked_until - clock_timestamp()) AS double precision) FROM rate_limits
                """) instanceof Double seconds ? seconds : -1;
    }

    private UUID run(String status) {
        bench.database().execute("DELETE FROM import_runs");
        return bench.database().row("""
                INSERT INTO import_runs (type, status, window_from, key_hash) VALUES ('historical', ?, now(), 'hash')
                RETURNING id
                """, status).uuid("id");
    }

    private RateLimiter limiter(double rate) {
        return new RateLimiter(slots(rate), config(rate), Clock.systemUTC());
    }

    private RequestSlots slots(double rate) {
        return new Slots(entityManager, config(rate));
    }

    private RequestSlots slots(Quota quota) {
        return new Slots(entityManager, ApiKeys.config(Map.of("openphone.api-key", "key")), quota);
    }

    private static OpenPhoneConfig config(double rate) {
        return ApiKeys.config(Map.of("openphone.rate", Double.toString(rate), "openphone.api-key", "key"));
    }

    private static Caller caller(@Nullable UUID run) {
        return new Caller(run, Instant.now().plusSeconds(20));
    }

    private static Duration in(RequestSlots.Slot slot) {
        assertThat(slot).isInstanceOf(RequestSlots.Slot.In.class);
        return ((RequestSlots.Slot.In) slot).time();
    }

    /** With the transactions that the container would begin, and as far away as is wanted. */
    private static class Slots extends RequestSlots {

        private Iterator<Duration> answersTake = Collections.emptyIterator();

        Slots(EntityManager entityManager, OpenPhoneConfig config) {
            this(entityManager, config, new Quota());
        }

        Slots(EntityManager entityManager, OpenPhoneConfig config, Quota quota) {
            super(entityManager, config, ApiKeys.of(config), quota);
        }

        @Override
        Slot take(@Nullable UUID runId, boolean provenKey) {
            var slot = QuarkusTransaction.requiringNew().call(() -> super.take(runId, provenKey));
            if (answersTake.hasNext()) {
                Pause.millis(answersTake.next().toMillis());
            }
            return slot;
        }

        @Override
        void delay(Token token, Duration freeIn) {
            QuarkusTransaction.requiringNew().run(() -> super.delay(token, freeIn));
        }

        @Override
        void letThrough(long probe) {
            QuarkusTransaction.requiringNew().run(() -> super.letThrough(probe));
        }

        @Override
        void block(Duration wait) {
            QuarkusTransaction.requiringNew().run(() -> super.block(wait));
        }

        @Override
        void block() {
            QuarkusTransaction.requiringNew().run(super::block);
        }
    }
}
