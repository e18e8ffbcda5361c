-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE system_mode IS
    'Whether applications on this database should write: one row, always there. Changed by the checklist of historical runs, '
    'which also sends NOTIFY system_mode.';
COMMENT ON COLUMN system_mode.id IS
    'Always true, so that there is one row.';
COMMENT ON COLUMN system_mode.read_only IS
    'Whether applications should not write now.';
COMMENT ON COLUMN system_mode.run_id IS
    'Run that made the system read-only, see import_runs.id; null when none did.';
COMMENT ON COLUMN system_mode.since IS
    'When it last changed.';

COMMENT ON TABLE checklist_steps IS
    'What a historical run does before it imports. keep-runs undoes it when the run has ended, however it ended.';
COMMENT ON COLUMN checklist_steps.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN checklist_steps.name IS
    'read-only: applications should not write, and named roles cannot by default. webhooks: OpenPhone''s webhooks are off. '
    'reconciliation: what came while they were off is imported afterwards.';
COMMENT ON COLUMN checklist_steps.position IS
    'Order of the steps, from 0.';
COMMENT ON COLUMN checklist_steps.state IS
    'pending: not done yet. active: done, to be undone. undone: over. skipped: nothing was done, the finding says why.';
COMMENT ON COLUMN checklist_steps.finding IS
    'What there is to say about the step, a sentence; null when nothing is.';
COMMENT ON COLUMN checklist_steps.changed_at IS
    'When state or finding last changed.';

COMMENT ON TABLE saved_webhooks IS
    'Webhooks of OpenPhone that a historical run took off, saved before it touched them. keep-runs puts them back when the '
    'run has ended.';
COMMENT ON COLUMN saved_webhooks.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN saved_webhooks.webhook_id IS
    'OpenPhone''s id.';
COMMENT ON COLUMN saved_webhooks.definition IS
    'The whole document as received from OpenPhone. Those of v1 hold the signing key: treat it as a secret.';
COMMENT ON COLUMN saved_webhooks.method IS
    'How it was taken off: status (disabled) or deletion (to be created again, with a new signing key).';
COMMENT ON COLUMN saved_webhooks.back_at IS
    'When it was live again, or found to be gone; null while it is off.';
COMMENT ON COLUMN saved_webhooks.new_id IS
    'Its id since it is back, another one when it was created again; null while it is off, and when OpenPhone no longer '
    'knows it.';
COMMENT ON COLUMN saved_webhooks.new_definition IS
    'The whole document of the one that was created again, as received. It holds the new signing key, which its receiver '
    'needs: treat it as a secret. Null for one that was only disabled.';

COMMENT ON TABLE read_only_roles IS
    'PostgreSQL roles whose transactions a historical run has made read-only by default (CHECKLIST_READ_ONLY_ROLES). A row '
    'is deleted when the role may write again.';
COMMENT ON COLUMN read_only_roles.run_id IS
    'The run, see import_runs.id.';
COMMENT ON COLUMN read_only_roles.role IS
    'Name of the role.';

END $$;
