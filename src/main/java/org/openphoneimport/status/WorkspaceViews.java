package org.openphoneimport.status;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.run.Run;
import org.openphoneimport.verification.Testimonies;
import org.openphoneimport.verification.WorkspaceCheck;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads whether it is safe to go live. Called within a {@link Snapshot}. */
@ApplicationScoped
public class WorkspaceViews {

    private final EntityManager entityManager;
    private final WorkspaceCheck check;
    private final Testimonies testimonies;
    private final RunViews runs;

    WorkspaceViews(EntityManager entityManager, WorkspaceCheck check, Testimonies testimonies, RunViews runs) {
        this.entityManager = entityManager;
        this.check = check;
        this.testimonies = testimonies;
        this.runs = runs;
    }

    /** What can be said now. */
    public WorkspaceView read() {
        var workspace = check.read();
        var testimony = testimonies.last().orElse(null);
        var row = around();
        var loose = new LooseEnds(row.readOnly(), row.webhooks(), row.followUp());
        var judgement = new Judge(workspace, loose, Run.active().flatMap(run -> runs.withId(run.id)).orElse(null),
                row.failed(), testimony, row.now()).judge();
        return new WorkspaceView(judgement.outlook() == Judgement.Outlook.SAFE, judgement, workspace.complete(),
                workspace.coveredUntil(), workspace.open(), workspace.accepted(), workspace.conversations(),
                workspace.messages(), workspace.calls(), workspace.files(), row.earliest(),
                row.latest(), testimony, workspace.leftOut(), workspace.around());
    }

    @RegisterForReflection
    private record Around(Instant now, boolean readOnly, long webhooks, boolean followUp, @Nullable Instant failed,
            @Nullable Instant earliest, @Nullable Instant latest) {
    }

    private Around around() {
        return (Around) entityManager.createNativeQuery("""
                SELECT now() AS now,
                    EXISTS (SELECT FROM system_mode WHERE read_only) OR EXISTS (SELECT FROM read_only_roles) AS read_only,
                    (SELECT count(*) FROM saved_webhooks WHERE back_at IS NULL) AS webhooks,
                    EXISTS (SELECT FROM checklist_steps JOIN import_runs AS run ON run.id = run_id
                        WHERE name = 'reconciliation' AND state = 'pending'
                            AND run.status IN ('completed', 'failed', 'cancelled')) AS follow_up,
                    (SELECT CASE status WHEN 'failed' THEN created_at END FROM import_runs
                        WHERE type = 'historical' AND cleared_at IS NULL ORDER BY created_at DESC LIMIT 1) AS failed,
                    least((SELECT min(created_at) FROM messages), (SELECT min(created_at) FROM calls)) AS earliest,
                    greatest((SELECT max(created_at) FROM messages), (SELECT max(created_at) FROM calls)) AS latest
                """, Around.class).getSingleResult();
    }
}
