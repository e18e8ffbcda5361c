package org.openphoneimport.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;

/** One import from start to verdict, as it stands in {@code import_runs}. Read only: {@link Runs} changes it. */
@Entity
@Table(name = "import_runs")
public class Run extends PanacheEntityBase {

    @Id
    public UUID id;

    /** See {@link #type()}. */
    public String type;

    /** See {@link #status()}. */
    public String status;

    /** Known when the listing has ended. */
    @Column(name = "total_conversations")
    public @Nullable Integer totalConversations;

    @Column(name = "processed_conversations")
    public int processedConversations;

    /** Known when all have been read. */
    @Column(name = "total_messages")
    public @Nullable Integer totalMessages;

    /** Distinct messages that this run received. */
    @Column(name = "processed_messages")
    public int processedMessages;

    /** Known when all have been read. */
    @Column(name = "total_calls")
    public @Nullable Integer totalCalls;

    /** Distinct calls that this run received. */
    @Column(name = "processed_calls")
    public int processedCalls;

    /** Files found. */
    @Column(name = "total_media")
    public @Nullable Integer totalMedia;

    /** Files stored. */
    @Column(name = "processed_media")
    public int processedMedia;

    @Column(name = "started_at")
    public @Nullable Instant startedAt;

    @Column(name = "completed_at")
    public @Nullable Instant completedAt;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "window_from")
    public Instant windowFrom;

    @Column(name = "window_to")
    public @Nullable Instant windowTo;

    @Column(name = "window_from_given")
    public boolean windowFromGiven;

    @Column(name = "key_hash")
    public String keyHash;

    public String api;

    /** The generation that confirms what was read; null when the configuration names one only. */
    public @Nullable String witness;

    /** Why it could not be asked, in a sentence. */
    @Column(name = "witness_obstacle")
    public @Nullable String witnessObstacle;

    /** When both were found to differ for no documented reason. */
    @Column(name = "disagreed_at")
    public @Nullable Instant disagreedAt;

    @Column(name = "listing_stage")
    public String listingStage;

    @Column(name = "listed_at")
    public @Nullable Instant listedAt;

    @Column(name = "current_conversation")
    public @Nullable String currentConversation;

    @Column(name = "last_completed_conversation")
    public @Nullable String lastCompletedConversation;

    /** Why it ended or stands still, in a sentence. */
    public @Nullable String reason;

    /** When what it had imported was cleared; null as a rule. */
    @Column(name = "cleared_at")
    public @Nullable Instant clearedAt;

    /** When it began to repair what its verification had found. */
    @Column(name = "repaired_at")
    public @Nullable Instant repairedAt;

    @Column(name = "paused_at")
    public @Nullable Instant pausedAt;

    /** Time that is over in which it was paused, or had ended. */
    @Column(name = "paused_seconds")
    public long pausedSeconds;

    /** The newest of all. */
    public static Optional<Run> last() {
        return latest(1).stream().findFirst();
    }

    /** The run that keeps others from starting. */
    public static Optional<Run> active() {
        return find("status in ('pending', 'running', 'paused', 'verifying')").firstResultOptional();
    }

    /** The newest first. */
    public static List<Run> latest(int count) {
        return find("from Run", Sort.descending("createdAt")).page(0, count).list();
    }

    public static Optional<Run> withId(UUID id) {
        return findByIdOptional(id);
    }

    public RunStatus status() {
        return RunStatus.of(status);
    }

    public RunType type() {
        return RunType.valueOf(type.toUpperCase(Locale.ROOT));
    }

    public Window window() {
        return new Window(windowFrom, windowFromGiven, windowTo);
    }

    /** Time that it worked or waited, without the time that it was paused. */
    public Duration elapsed(Instant now) {
        var start = startedAt == null ? createdAt : startedAt;
        var end = completedAt != null ? completedAt : pausedAt != null ? pausedAt : now;
        var elapsed = Duration.between(start, end).minusSeconds(pausedSeconds);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }
}
