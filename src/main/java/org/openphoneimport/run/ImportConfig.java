package org.openphoneimport.run;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How batches are cut, sent and imported. */
@ConfigMapping(prefix = "import")
public interface ImportConfig {

    /** The queue that batches travel. */
    Optional<String> queueUrl();

    /** Where the queue puts records that could not be handled in 5 receives. */
    Optional<String> dlqUrl();

    /** Batches imported at the same time on one machine; in AWS the event source mapping decides. */
    @WithDefault("4")
    int workers();

    /**
     * How long a worker that gives no sign of life holds its batch. Each transaction of the batch renews it; longer means that
     * the work of a killed worker rests longer, shorter that a slow one has its requests repeated by another.
     */
    @WithDefault("90s")
    Duration lease();

    /** Conversations in a batch. More make fewer records; a batch should end well within a function's time limit. */
    @WithDefault("100")
    int batchSize();

    /**
     * Conversations that a slice of time may hold, by what the listing shows. More make fewer half-empty pages, less are
     * read by more workers and end well within a function's time limit.
     */
    @WithDefault("300")
    int sliceSize();

    /**
     * Conversations of a batch that are read at the same time. All of them share one rate limiter, so more only help where
     * OpenPhone answers slowly.
     */
    @WithDefault("4")
    int readers();

    /** Conversations that share a transaction. Fewer cost more statements, more have more to repeat after a kill. */
    @WithDefault("20")
    int conversationsPerTransaction();

    /** The longest that a conversation that has been read waits for others to share its transaction. */
    @WithDefault("10s")
    Duration longestLinger();

    /** After the deadline, how long a request may still take before it is given up; less than what is left until the limit. */
    @WithDefault("1s")
    Duration grace();

    /** Claims of a batch that ended in nothing, the worker dying, after which it is not tried again. */
    @WithDefault("5")
    int maxAttempts();

    /** Deliveries in which OpenPhone answered others but not for a conversation, after which that is an error. */
    @WithDefault("4")
    int maxConversationAttempts();

    /** How long a record rests when the database does not answer. Shorter costs deliveries in vain while it is away. */
    @WithDefault("30s")
    Duration databaseReturn();

    /** The first delay after a delivery that brought nothing; it doubles with each. */
    @WithDefault("10s")
    Duration shortestReturn();

    /**
     * The longest delay after deliveries that brought nothing; SQS takes 15 minutes at most. Longer costs less while
     * OpenPhone is away, and more time until its return is noticed.
     */
    @WithDefault("5m")
    Duration longestReturn();
}
