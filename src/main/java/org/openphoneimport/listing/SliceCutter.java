package org.openphoneimport.listing;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.TimeSlice;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.reading.SliceCheckpoint;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Run;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Cuts a run's window into slices of time, by what the listing shows of the workspace's months. The outer ends are those of
 * the window: what is older than all conversations, or newer, is in a slice as well, whatever our clock says.
 */
@ApplicationScoped
class SliceCutter {

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final ListingSlices slices;
    private final BatchTable batches;

    SliceCutter(EntityManager entityManager, ImportConfig config, ListingSlices slices, BatchTable batches) {
        this.entityManager = entityManager;
        this.config = config;
        this.slices = slices;
        this.batches = batches;
    }

    /**
     * Returns how many slices are to be read: one, if OpenPhone ignores times. A listing that was repeated has the newest read
     * again, where what is new stands.
     *
     * @param from the start of the first; null for the beginning
     */
    int cut(UUID run, @Nullable Instant from, boolean byTime) {
        slices.forget(run);
        int again = batches.restartNewestSlice(run);
        return again > 0 ? again : cutAll(run, from, byTime);
    }

    /** All calls in one slice, beside conversations that v1 reads. Returns 1, or 0 when the run has it already. */
    int cutCalls(UUID run) {
        if (hasSlice(run)) {
            return 0;
        }
        var importing = Run.withId(run).orElseThrow();
        batches.writeSlice(run, SliceCheckpoint.CALLS, new TimeSlice(importing.windowFromGiven ? importing.windowFrom : null,
                importing.windowTo), false);
        return 1;
    }

    private boolean hasSlice(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'slice')
                """).setParameter("run", run).getSingleResult();
    }

    private int cutAll(UUID run, @Nullable Instant from, boolean byTime) {
        entityManager.createNativeQuery("ANALYZE import_conversations, conversations").executeUpdate();
        var to = Run.withId(run).orElseThrow().windowTo;
        // A conversation shows twice: when it began, and when something happened in it last.
        var edges = SlicePlan.edges(byTime ? months(run) : new TreeMap<>(), 2 * config.sliceSize()).stream()
                .filter(edge -> (from == null || edge.isAfter(from)) && (to == null || edge.isBefore(to))).toList();
        // The newest comes first, as the conversations of v1 do.
        for (int i = edges.size(); i >= 0; i--) {
            batches.writeSlice(run, SliceCheckpoint.START, new TimeSlice(i == 0 ? from : edges.get(i - 1),
                    i == edges.size() ? to : edges.get(i)), !byTime);
        }
        return edges.size() + 1;
    }

    @RegisterForReflection
    private record MonthRow(Instant month, int times) {
    }

    private SortedMap<YearMonth, Integer> months(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT date_trunc('month', time.at, 'UTC') AS month, CAST(count(*) AS integer) AS times
                FROM import_conversations AS listed
                JOIN conversations AS conversation ON conversation.id = listed.conversation_id
                CROSS JOIN LATERAL (VALUES (conversation.created_at), (conversation.last_activity_at)) AS time(at)
                WHERE listed.run_id = :run AND time.at IS NOT NULL
                GROUP BY month
                """, MonthRow.class).setParameter("run", run).getResultList();
        var months = new TreeMap<YearMonth, Integer>();
        rows.stream().map(MonthRow.class::cast).forEach(row -> months.put(YearMonth.from(row.month().atOffset(ZoneOffset.UTC)),
                row.times()));
        return months;
    }
}
