-- A listing is a run's own, under the run's id, or that of one verification, under an id that the verification names. Before,
-- all of a run's shared its id: verifications, and a run that was listing again, emptied what the others were comparing with.
ALTER TABLE listed_conversations DROP CONSTRAINT listed_conversations_run_fkey;
ALTER TABLE listed_conversations RENAME COLUMN run_id TO listing_id;

ALTER TABLE verifications
    -- What it compares with; the run's id when it takes what the run itself has listed.
    ADD COLUMN listing_id uuid NOT NULL DEFAULT gen_random_uuid();
UPDATE verifications SET listing_id = run_id;

-- Those under way list anew: what they have may be half of one listing and half of another.
UPDATE verifications SET listing_id = gen_random_uuid(), stage = 'numbers', token = NULL, listed_from = NULL
WHERE status = 'running';
DELETE FROM listed_conversations USING import_runs AS run, verifications AS verification
WHERE run.id = listed_conversations.listing_id AND run.type = 'historical' AND verification.run_id = run.id AND verification.status = 'running';
