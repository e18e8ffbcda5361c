package org.openphoneimport.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openphoneimport.testsupport.Waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class ChunkQueueTest {

    private static final Checkpoint START = new Checkpoint(Checkpoint.Stage.MESSAGES, null);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<List<String>> stored = new CopyOnWriteArrayList<>();

    @Test
    void the_first_step_is_stored_at_once_and_the_last_ones_share_transactions() {
        var queue = new ChunkQueue(3, LONG);
        List.of("a", "b", "c", "d", "e").forEach(id -> queue.put(last(id)));
        queue.readerEnded();

        assertThat(queue.drain(1, this::store)).isEqualTo(5);
        assertThat(stored).containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e"));
    }

    @Test
    void a_page_of_a_long_conversation_is_stored_at_once_and_its_reader_waits_for_that() {
        var queue = new ChunkQueue(100, LONG);
        // The first chunk of all is stored at once, whatever it is.
        queue.put(last("a"));
        var reader = CompletableFuture.runAsync(() -> {
            queue.put(last("b"));
            queue.put(page("c"));
            assertThat(stored).containsExactly(List.of("a"), List.of("b", "c"));
            queue.put(last("c"));
            queue.readerEnded();
        });

        assertThat(queue.drain(1, this::store)).isEqualTo(4);
        reader.join();
        assertThat(stored).containsExactly(List.of("a"), List.of("b", "c"), List.of("c"));
    }

    @Test
    void a_step_does_not_wait_for_others_longer_than_it_should() {
        var queue = new ChunkQueue(100, Duration.ofMillis(50));
        queue.put(last("a"));
        var drained = CompletableFuture.supplyAsync(() -> queue.drain(1, this::store));

        Waiting.await().untilAsserted(() -> assertThat(stored).containsExactly(List.of("a")));
        queue.readerEnded();
        assertThat(drained.join()).isEqualTo(1);
    }

    @Test
    void when_storing_makes_no_sense_any_more_readers_do_not_wait_in_vain() {
        var queue = new ChunkQueue(100, LONG);
        var reader = CompletableFuture.runAsync(() -> {
            try {
                queue.put(page("a"));
            } finally {
                queue.readerEnded();
            }
        });

        assertThat(queue.drain(1, chunks -> List.of())).isZero();
        assertThatThrownBy(reader::join).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void a_failure_to_store_reaches_the_caller_and_frees_all_readers() {
        var queue = new ChunkQueue(100, LONG);
        var readers = new ArrayList<CompletableFuture<Void>>();
        for (var id : List.of("a", "b", "c")) {
            readers.add(CompletableFuture.runAsync(() -> read(queue, id)));
        }

        assertThatThrownBy(() -> queue.drain(3, chunks -> {
            throw new IllegalStateException("no disk");
        })).hasMessage("no disk");
        readers.forEach(reader -> assertThatThrownBy(reader::join).hasCauseInstanceOf(CancellationException.class));
    }

    /** Each way of being late: its page lies in the queue by then, or comes afterwards. */
    @Test
    void when_the_thread_that_stores_is_interrupted_no_reader_waits_for_it() {
        var queue = new ChunkQueue(100, LONG);
        var early = new FutureTask<@Nullable Void>(() -> read(queue, "early"), null);
        var reader = Thread.startVirtualThread(early);
        Waiting.await().until(() -> reader.getState() == Thread.State.WAITING);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.drain(2, this::store)).hasMessageContaining("Interrupted");

        assertThat(Thread.interrupted()).as("who asked for the end still knows of it").isTrue();
        var late = CompletableFuture.runAsync(() -> read(queue, "late"));
        for (var each : List.of(early, late)) {
            assertThat(each).failsWithin(Duration.ofSeconds(5)).withThrowableThat()
                    .withCauseInstanceOf(CancellationException.class);
        }
    }

    @Test
    void a_page_that_was_not_stored_stops_its_reader_and_no_other() {
        var queue = new ChunkQueue(100, LONG);
        var good = CompletableFuture.runAsync(() -> read(queue, "good"));
        var bad = CompletableFuture.runAsync(() -> read(queue, "bad"));

        int stored = queue.drain(2, chunks -> chunks.stream()
                .filter(chunk -> ((ConversationChunk) chunk).conversation().equals("good")).toList());

        assertThat(stored).isEqualTo(1);
        assertThat(good).succeedsWithin(LONG);
        assertThatThrownBy(bad::join).hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void without_any_step_there_is_nothing_to_store() {
        var queue = new ChunkQueue(100, LONG);
        queue.readerEnded();
        queue.readerEnded();

        assertThat(queue.drain(2, this::store)).isZero();
        assertThat(stored).isEmpty();
    }

    private static void read(ChunkQueue queue, String conversation) {
        try {
            queue.put(page(conversation));
        } finally {
            queue.readerEnded();
        }
    }

    private List<Chunk> store(List<Chunk> chunks) {
        stored.add(chunks.stream().map(chunk -> ((ConversationChunk) chunk).conversation()).toList());
        return chunks;
    }

    private static Chunk last(String id) {
        return new ConversationChunk(id, START, null, false, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Chunk page(String id) {
        return ConversationChunk.moved(id, START, START.page("next"));
    }
}
