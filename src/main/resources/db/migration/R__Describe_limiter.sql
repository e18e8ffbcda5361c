-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE rate_limits IS
    'The rate limiter''s memory: a row for each API key, shared by all workers. Written by take_request_slot, '
    'delay_request_token, block_requests and let_requests_through.';
COMMENT ON COLUMN rate_limits.key_hash IS
    'SHA-256 of the API key in hexadecimal, never the key.';
COMMENT ON COLUMN rate_limits.next_at IS
    'When the next request may be sent, as far as the distance between requests goes.';
COMMENT ON COLUMN rate_limits.free_at IS
    'When each token may be used again; as many of them count as requests are allowed in a second.';
COMMENT ON COLUMN rate_limits.quota IS
    'Requests a second that OpenPhone last said it grants, in its header ratelimit-policy; null when it never did '
    'while OPENPHONE_RATE was auto.';
COMMENT ON COLUMN rate_limits.refused_at IS
    'When OpenPhone last answered 429; null when it never did.';
COMMENT ON COLUMN rate_limits.blocked_until IS
    'No request is sent before this time, since OpenPhone answered 429; null when it never did.';
COMMENT ON COLUMN rate_limits.granted IS
    'Requests that were allowed, since the beginning.';
COMMENT ON COLUMN rate_limits.refused IS
    'Answers with 429, since the beginning.';
COMMENT ON COLUMN rate_limits.refused_in_row IS
    'Answers with 429 in a row; the wait doubles with each where OpenPhone names none. They are in a row when no '
    'request was let through in between that was allowed after the one before.';
COMMENT ON COLUMN rate_limits.granted_at_refusal IS
    'The value of granted at the last 429.';
COMMENT ON COLUMN rate_limits.waited_millis IS
    'Milliseconds that requests waited for their turns, all together.';

COMMENT ON TABLE workspace_keys IS
    'API keys that were shown to belong to the workspace that is stored here. With any other key only the workspace''s '
    'numbers are requested, once: they show whose it is. Cleared with the imported data.';
COMMENT ON COLUMN workspace_keys.key_hash IS
    'SHA-256 of the API key in hexadecimal, never the key.';
COMMENT ON COLUMN workspace_keys.proven_at IS
    'When it was shown.';

END $$;
