package org.openphoneimport.run;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.database.JsonRows;

/** Keeps the issues of runs: all in {@code import_issues}, the newest 200 of each level in the run's own row as well. */
@ApplicationScoped
public class IssueLog {

    private final EntityManager entityManager;

    IssueLog(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Adds issues; one that is known already, from an earlier delivery, is not added again. */
    @Transactional
    public void add(UUID run, List<Issue> issues) {
        if (issues.isEmpty()) {
            return;
        }
        entityManager.createNativeQuery("""
                INSERT INTO import_issues (run_id, level, stage, subject, subject_id, what, request)
                SELECT DISTINCT ON (level, stage, subject, subject_id) :run, level, stage, subject, subject_id, what, request
                FROM jsonb_to_recordset(CAST(:issues AS jsonb))
                    AS issue(level text, stage text, subject text, subject_id text, what text, request text)
                ORDER BY level, stage, subject, subject_id
                ON CONFLICT ON CONSTRAINT import_issues_subject_ukey
                DO UPDATE SET what = excluded.what, request = excluded.request, resolved_at = NULL
                """)
                .setParameter("run", run)
                .setParameter("issues", JsonRows.rows(issues))
                .executeUpdate();
        refresh(run);
    }

    /** Resolves what was said of some subjects of a kind at a stage, on one level. */
    @Transactional
    public void resolve(UUID run, Issue.Level level, String stage, String subject, List<String> ids) {
        entityManager.createNativeQuery("""
                UPDATE import_issues SET resolved_at = clock_timestamp()
                WHERE run_id = :run AND level = :level AND stage = :stage AND subject = :subject AND subject_id = ANY(:ids)
                    AND resolved_at IS NULL
                """)
                .setParameter("run", run)
                .setParameter("level", level.name().toLowerCase(Locale.ROOT))
                .setParameter("stage", stage)
                .setParameter("subject", subject)
                .setParameter("ids", ids.toArray(String[]::new))
                .executeUpdate();
        refresh(run);
    }

    /** Resolves the errors about a kind of subject: some of them, or all where {@code only} is null; returns how many. */
    @Transactional
    public int resolve(UUID run, String subject, Long @Nullable [] only) {
        int resolved = entityManager.createNativeQuery("""
                UPDATE import_issues SET resolved_at = clock_timestamp()
                WHERE run_id = :run AND subject = :subject AND level = 'error' AND resolved_at IS NULL
                    AND (CAST(:only AS bigint[]) IS NULL OR id = ANY(CAST(:only AS bigint[])))
                """).setParameter("run", run).setParameter("subject", subject).setParameter("only", only).executeUpdate();
        refresh(run);
        return resolved;
    }

    /** Resolves the errors about some subjects of a kind. */
    @Transactional
    public void resolve(UUID run, String subject, List<String> ids) {
        entityManager.createNativeQuery("""
                UPDATE import_issues SET resolved_at = clock_timestamp()
                WHERE run_id = :run AND subject = :subject AND level = 'error' AND subject_id = ANY(:ids)
                """)
                .setParameter("run", run)
                .setParameter("subject", subject)
                .setParameter("ids", ids.toArray(String[]::new))
                .executeUpdate();
        refresh(run);
    }

    /** Resolves the errors about what an operator has accepted not to have. */
    @Transactional
    public void resolveAccepted(UUID run) {
        entityManager.createNativeQuery("""
                UPDATE import_issues AS issue SET resolved_at = clock_timestamp()
                FROM accepted_gaps AS accepted
                WHERE issue.run_id = :run AND issue.level = 'error' AND issue.resolved_at IS NULL
                    AND accepted.subject = issue.subject AND accepted.subject_id = issue.subject_id
                """).setParameter("run", run).executeUpdate();
        refresh(run);
    }

    /** Brings the run's own row up to date with its open issues. */
    @Transactional
    public void refresh(UUID run) {
        entityManager.createNativeQuery("""
                UPDATE import_runs SET errors = newest.errors, warnings = newest.warnings
                FROM (
                    SELECT coalesce(jsonb_agg(document ORDER BY id DESC) FILTER (WHERE level = 'error'), '[]') AS errors,
                           coalesce(jsonb_agg(document ORDER BY id DESC) FILTER (WHERE level = 'warning'), '[]') AS warnings
                    FROM (
                        SELECT id, level, row_number() OVER (PARTITION BY level ORDER BY id DESC) AS age,
                               jsonb_build_object('time', occurred_at, 'stage', stage, 'subject', subject, 'id', subject_id,
                                   'what', what, 'request', request) AS document
                        FROM import_issues WHERE run_id = :run AND resolved_at IS NULL
                    ) AS issues
                    WHERE age <= 200
                ) AS newest
                WHERE import_runs.id = :run
                """)
                .setParameter("run", run)
                .executeUpdate();
    }
}
