package org.openphoneimport.listing;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.call.CallPart;
import org.openphoneimport.call.PartRefusals;
import org.openphoneimport.media.MediaReopening;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.ImportConfig;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Progress;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;

/**
 * Cuts the calls of a run, of which something is to be asked, into batches, when all conversations have been read. The first
 * batch holds a call of each of some numbers: if all of them are refused a kind, the plan has no transcripts or summaries, and
 * thousands of calls are not asked for them.
 */
@ApplicationScoped
public class CallBatchCutter {

    private static final int MOST_PROBES = 10;

    private final EntityManager entityManager;
    private final ImportConfig config;
    private final BatchTable batches;
    private final IssueLog issues;
    private final MediaReopening media;
    private final Counters counters;

    CallBatchCutter(EntityManager entityManager, ImportConfig config, BatchTable batches, IssueLog issues, MediaReopening media,
            Counters counters) {
        this.entityManager = entityManager;
        this.config = config;
        this.batches = batches;
        this.issues = issues;
        this.media = media;
        this.counters = counters;
    }

    /** Returns how many batches are open then; while some are, none is cut. */
    @Transactional(TxType.REQUIRES_NEW)
    public int cut(UUID run) {
        lock(run);
        int open = open(run);
        if (open > 0) {
            return open;
        }
        // Each time, since a run that is tried again may read calls that it had not seen when it asked first.
        CallPart.noteMissing(run);
        CallPart.takeOver(run);
        CallPart.reopenEarly(run);
        boolean first = isFirst(run);
        if (first) {
            takeOverFiles(run);
        } else {
            issues.add(run, PartRefusals.giveUp(run).stream().map(CallBatchCutter::warning).toList());
        }
        return first ? writeFirst(run) : write(run, Integer.MAX_VALUE, config.batchSize());
    }

    /** An import reads everything anew; files of calls whose parts are stored would be found by none. */
    private void takeOverFiles(UUID run) {
        if (Run.withId(run).orElseThrow().type() == RunType.HISTORICAL) {
            counters.add(run, new Progress(0, 0, 0, 0, media.takeOverFailed(run), null, null));
        }
    }

    private static Issue warning(PartRefusals.GivenUp kind) {
        return Issue.warning(kind.kind().text(), "plan", kind.kind().many(),
                """
                        OpenPhone refused all %s that were asked for, of %d calls on the numbers %s, so those of %d other calls are not \
                        asked for in this run: the plan of this workspace may have none, or the key may not read them"""
                        .formatted(
                                kind.kind().many(), kind.calls(), String.join(", ", kind.numbers()), kind.left()),
                null);
    }

    /** Two at once would write the same batches twice, or take the first batch for one that has ended. */
    private void lock(UUID run) {
        entityManager.createNativeQuery("SELECT id FROM import_runs WHERE id = :run FOR UPDATE")
                .setParameter("run", run).getSingleResult();
    }

    private int open(UUID run) {
        return (Integer) entityManager.createNativeQuery("""
                SELECT CAST(count(*) AS integer) FROM import_batches WHERE run_id = :run AND status IN ('pending', 'running')
                """, Integer.class).setParameter("run", run).getSingleResult();
    }

    /** Whether OpenPhone has answered nothing of a kind yet, or the run asks again for all of it. */
    private boolean isFirst(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT NOT EXISTS (SELECT FROM import_batches WHERE run_id = :run AND kind = 'calls')
                    OR EXISTS (SELECT FROM call_parts WHERE run_id = :run GROUP BY kind HAVING bool_and(status = 'pending'))
                """).setParameter("run", run).getSingleResult();
    }

    /** A call each of some numbers, and at least as many calls as are needed to tell. */
    private int writeFirst(UUID run) {
        int numbers = (Integer) entityManager.createNativeQuery("""
                SELECT CAST(count(DISTINCT coalesce(call.phone_number_id, '')) AS integer)
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.run_id = :run AND part.status = 'pending'
                """, Integer.class).setParameter("run", run).getSingleResult();
        int calls = Math.clamp(numbers, PartRefusals.MOST_NEEDED, MOST_PROBES);
        return write(run, calls, calls);
    }

    /** All numbers take turns, the calls that were answered first: they show at once what the plan has. */
    private int write(UUID run, int most, int size) {
        List<?> rows = entityManager.createNativeQuery("""
                WITH open AS (
                    SELECT part.call_id, row_number() OVER (PARTITION BY call.phone_number_id
                        ORDER BY call.answered_at IS NULL, part.call_id DESC) AS turn
                    FROM (SELECT DISTINCT call_id FROM call_parts
                        WHERE run_id = :run AND status = 'pending' AND batch_id IS NULL) AS part
                    LEFT JOIN calls AS call ON call.id = part.call_id
                )
                SELECT call_id FROM open ORDER BY turn, call_id DESC LIMIT :most
                """, String.class).setParameter("run", run).setParameter("most", most).getResultList();
        var calls = rows.stream().map(String.class::cast).toList();
        var written = batches.write(run, BatchTable.Kind.CALLS, calls.size(), size);
        CallPart.putInto(written, size, calls, run);
        return written.size();
    }
}
