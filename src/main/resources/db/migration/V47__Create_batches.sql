-- R__Describe_batches.sql says what tables and columns mean. A database that comes from version 45 has all of them.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS import_batches (
    id               uuid        NOT NULL DEFAULT gen_random_uuid(),
    run_id           uuid        NOT NULL,
    number           integer     NOT NULL,
    kind             varchar(20) NOT NULL DEFAULT 'conversations',
    status           varchar(20) NOT NULL DEFAULT 'pending',
    attempts         integer     NOT NULL DEFAULT 0,
    idle_returns     integer     NOT NULL DEFAULT 0,
    lease_owner      uuid,
    lease_until      timestamptz,
    due_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    waiting_for      text,
    sent_at          timestamptz,
    completed_at     timestamptz,
    slice_from       timestamptz,
    slice_to         timestamptz,
    slice_stage      varchar(20),
    slice_place      timestamptz,
    slice_unfiltered boolean     NOT NULL DEFAULT false,
    slice_unanswered integer     NOT NULL DEFAULT 0,
    CONSTRAINT import_batches_pkey PRIMARY KEY (id),
    CONSTRAINT import_batches_number_ukey UNIQUE (run_id, number),
    CONSTRAINT import_batches_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_batches_kind_check CHECK (kind IN ('conversations', 'slice', 'calls')),
    CONSTRAINT import_batches_status_check CHECK (status IN ('pending', 'running', 'done', 'failed')),
    CONSTRAINT import_batches_lease_check CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CONSTRAINT import_batches_slice_check
        CHECK (slice_stage IN ('messages', 'calls', 'done') AND kind = 'slice' OR slice_stage IS NULL AND kind <> 'slice')
);

CREATE INDEX IF NOT EXISTS import_batches_open_idx ON import_batches (run_id, due_at) WHERE status IN ('pending', 'running');
-- Slices of time are few among the batches of a run.
CREATE INDEX IF NOT EXISTS import_batches_slices_idx ON import_batches (run_id, completed_at) WHERE kind = 'slice';

CREATE TABLE IF NOT EXISTS import_conversations (
    run_id          uuid        NOT NULL,
    conversation_id text        NOT NULL,
    batch_id        uuid,
    position        bigint      GENERATED ALWAYS AS IDENTITY,
    status          varchar(20) NOT NULL DEFAULT 'pending',
    same_thread_as  text,
    read_after      timestamptz,
    stage           varchar(20) NOT NULL DEFAULT 'messages',
    page_token      text,
    messages        integer     NOT NULL DEFAULT 0,
    calls           integer     NOT NULL DEFAULT 0,
    refused         boolean     NOT NULL DEFAULT false,
    attempts        integer     NOT NULL DEFAULT 0,
    completed_at    timestamptz,
    CONSTRAINT import_conversations_pkey PRIMARY KEY (run_id, conversation_id),
    CONSTRAINT import_conversations_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT import_conversations_batch_fkey FOREIGN KEY (batch_id) REFERENCES import_batches (id) ON DELETE CASCADE,
    CONSTRAINT import_conversations_status_check CHECK (status IN ('pending', 'done', 'failed', 'unavailable')),
    CONSTRAINT import_conversations_stage_check CHECK (stage IN ('messages', 'calls'))
);

CREATE INDEX IF NOT EXISTS import_conversations_batch_idx ON import_conversations (batch_id);
CREATE INDEX IF NOT EXISTS import_conversations_open_idx ON import_conversations (run_id) WHERE status = 'pending';
-- Conversations that end with the one that is read in their place.
CREATE INDEX IF NOT EXISTS import_conversations_twins_idx ON import_conversations (run_id, same_thread_as)
    WHERE same_thread_as IS NOT NULL;
-- What was read last, for the pace of a run.
CREATE INDEX IF NOT EXISTS import_conversations_completed_idx ON import_conversations (run_id, completed_at)
    WHERE completed_at IS NOT NULL AND batch_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS listing_slices (
    run_id   uuid        NOT NULL,
    number   integer     NOT NULL,
    place    timestamptz NOT NULL,
    slice_to timestamptz NOT NULL,
    status   varchar(20) NOT NULL DEFAULT 'pending',
    CONSTRAINT listing_slices_pkey PRIMARY KEY (run_id, number),
    CONSTRAINT listing_slices_run_fkey FOREIGN KEY (run_id) REFERENCES import_runs (id) ON DELETE CASCADE,
    CONSTRAINT listing_slices_status_check CHECK (status IN ('pending', 'done'))
);

CREATE TABLE IF NOT EXISTS dead_letters (
    id           uuid        NOT NULL DEFAULT gen_random_uuid(),
    queue        varchar(20) NOT NULL,
    record_id    text        NOT NULL,
    body         text        NOT NULL,
    reason       text        NOT NULL,
    moved_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_back_at timestamptz,
    CONSTRAINT dead_letters_pkey PRIMARY KEY (id),
    CONSTRAINT dead_letters_record_ukey UNIQUE (queue, record_id),
    CONSTRAINT dead_letters_queue_check CHECK (queue IN ('import', 'media'))
);

CREATE TABLE IF NOT EXISTS keep_leases (
    task        text        NOT NULL,
    lease_until timestamptz NOT NULL,
    CONSTRAINT keep_leases_pkey PRIMARY KEY (task)
);
