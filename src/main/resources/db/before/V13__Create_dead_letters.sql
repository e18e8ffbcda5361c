-- Records that could not be handled, moved here from the dead-letter queues.
CREATE TABLE dead_letters (
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
