-- A batch may be a slice of time: everything that was created in [slice_from, slice_to), an open end is null. It is read
-- newest first; the place is the time down to which everything of the stage is stored, null at its beginning.
ALTER TABLE import_batches
    ADD COLUMN slice_from       timestamptz,
    ADD COLUMN slice_to         timestamptz,
    ADD COLUMN slice_stage      varchar(20),
    ADD COLUMN slice_place      timestamptz,
    -- Deliveries in which OpenPhone answered others, but not for this slice.
    ADD COLUMN slice_unanswered integer NOT NULL DEFAULT 0;
ALTER TABLE import_batches DROP CONSTRAINT import_batches_kind_check;
ALTER TABLE import_batches ADD CONSTRAINT import_batches_kind_check CHECK (kind IN ('conversations', 'slice', 'calls'));
ALTER TABLE import_batches ADD CONSTRAINT import_batches_slice_check
    CHECK (slice_stage IN ('messages', 'calls', 'done') AND kind = 'slice' OR slice_stage IS NULL AND kind <> 'slice');
