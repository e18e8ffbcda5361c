-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE notices IS
    'What people who do not watch the page are told: a row for each thing that happened, written in the transaction in which '
    'it happened, whether notices are configured or not. Kept for 90 days.';
COMMENT ON COLUMN notices.id IS
    'Random UUID, the webhook-id of each attempt: who gets a notice twice knows it by this.';
COMMENT ON COLUMN notices.kind IS
    'run.completed, run.completed-with-exceptions (OpenPhone does not give some, or errors are open), run.failed, '
    'run.cancelled, run.waiting (paused until a person has done something), run.overdue (the database is older than the '
    'schedule allows) or test.';
COMMENT ON COLUMN notices.run_id IS
    'The run, see import_runs.id; null where it is about none.';
COMMENT ON COLUMN notices.lapse IS
    'Of run.overdue: since when the database is what it is, and how many periods of the schedule have passed since, so that '
    'each is told once. Null in others.';
COMMENT ON COLUMN notices.figures IS
    'What there is to tell, as it was at that time: columns of the run and counts of what is open; of run.overdue {since, '
    'hours}. No text of a message.';
COMMENT ON COLUMN notices.noted_at IS
    'When it happened.';

COMMENT ON TABLE notice_channels IS
    'Where notices go, as keep-runs found it configured, a row for each channel. Written by keep-runs, so that the page '
    'shows what is really in use.';
COMMENT ON COLUMN notice_channels.channel IS
    'webhook or mail.';
COMMENT ON COLUMN notice_channels.target IS
    'The webhook''s host without its path, which may be a secret; addresses of mail.';
COMMENT ON COLUMN notice_channels.obstacle IS
    'What is wrong with the configuration, a sentence; null when nothing is.';
COMMENT ON COLUMN notice_channels.since IS
    'Since when it is configured: what happened before is not told.';

COMMENT ON TABLE notice_deliveries IS
    'Which notice has to be delivered by which channel, and what came of it. Written by keep-runs.';
COMMENT ON COLUMN notice_deliveries.notice_id IS
    'The notice, see notices.id.';
COMMENT ON COLUMN notice_deliveries.channel IS
    'See notice_channels.channel.';
COMMENT ON COLUMN notice_deliveries.attempts IS
    'How often it was tried.';
COMMENT ON COLUMN notice_deliveries.due_at IS
    'When it is tried next. An attempt moves it on before it begins, so that no other process tries it meanwhile.';
COMMENT ON COLUMN notice_deliveries.trouble IS
    'Why the last attempt failed, a sentence; null when none has.';
COMMENT ON COLUMN notice_deliveries.delivered_at IS
    'When the receiver took it; null before.';
COMMENT ON COLUMN notice_deliveries.given_up_at IS
    'When it was given up, after all attempts failed or the channel was no longer configured; null as a rule.';

END $$;
