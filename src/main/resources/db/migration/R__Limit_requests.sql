-- The generic cell rate algorithm with a burst of 1: requests are spaced by p_interval, never sent in a bunch.
-- Grants a slot at most p_ahead from now, so that no worker sleeps on one while the world changes; a worker without a slot
-- asks again. Times are relative, since the clocks of workers differ from this one.
--   run_status     status of the run that the request is for, null without one
--   blocked_millis how long no request may be sent, null when not blocked
--   wait_millis    how long to sleep before the request, null when no slot was granted
--   again_millis   when to ask again, null when a slot was granted
CREATE OR REPLACE FUNCTION take_request_slot(p_key_hash text, p_interval interval, p_ahead interval, p_run_id uuid,
    OUT run_status text, OUT blocked_millis double precision, OUT wait_millis double precision,
    OUT again_millis double precision)
LANGUAGE plpgsql AS $$
DECLARE
    v_limit rate_limits%ROWTYPE;
    v_now   timestamptz;
    v_slot  timestamptz;
BEGIN
    -- A slot that a crash forgets costs nothing; waiting for the disk at each request would.
    SET LOCAL synchronous_commit = off;

    SELECT status INTO run_status FROM import_runs WHERE id = p_run_id;
    IF run_status IN ('paused', 'completed', 'failed', 'cancelled') THEN
        RETURN;
    END IF;

    INSERT INTO rate_limits (key_hash) VALUES (p_key_hash) ON CONFLICT DO NOTHING;
    SELECT * INTO v_limit FROM rate_limits WHERE key_hash = p_key_hash FOR UPDATE;
    v_now := clock_timestamp(); -- after the wait for the row

    IF v_limit.blocked_until > v_now THEN
        blocked_millis := 1000 * extract(epoch FROM v_limit.blocked_until - v_now);
        RETURN;
    END IF;

    -- Never more than a second ahead: a clock that steps back costs a second, not the step. It is written down, since
    -- the second would begin anew with each who asks.
    v_slot := greatest(v_now, least(v_limit.next_at, v_now + interval '1 second'));
    IF v_slot > v_now + p_ahead THEN
        IF v_slot < v_limit.next_at THEN
            UPDATE rate_limits SET next_at = v_slot WHERE key_hash = p_key_hash;
        END IF;
        again_millis := 1000 * extract(epoch FROM v_slot - v_now - p_ahead);
        RETURN;
    END IF;

    wait_millis := 1000 * extract(epoch FROM v_slot - v_now);
    UPDATE rate_limits
    SET next_at       = v_slot + p_interval,
        granted       = granted + 1,
        waited_millis = rate_limits.waited_millis + round(take_request_slot.wait_millis)
    WHERE key_hash = p_key_hash;
END
$$;

-- OpenPhone answered 429: no request is sent for p_wait, or if it named no time for 1, 2, 4 ... 60 seconds. Many requests are
-- refused at once when a block begins; only the first of them makes the next one longer. When more than five were granted in
-- between, about as many as are under way when a refusal becomes known, the waits begin anew.
CREATE OR REPLACE FUNCTION block_requests(p_key_hash text, p_wait interval) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_limit   rate_limits%ROWTYPE;
    v_now     timestamptz;
    v_in_row  integer;
    v_blocked boolean;
BEGIN
    SELECT * INTO v_limit FROM rate_limits WHERE key_hash = p_key_hash FOR UPDATE;
    v_now := clock_timestamp();
    v_blocked := coalesce(v_limit.blocked_until > v_now, false);
    v_in_row := CASE WHEN v_limit.granted - v_limit.granted_at_refusal > 5 THEN 0 ELSE v_limit.refused_in_row END;

    UPDATE rate_limits
    SET refused            = refused + 1,
        refused_in_row     = v_in_row + CASE WHEN v_blocked THEN 0 ELSE 1 END,
        granted_at_refusal = granted,
        blocked_until      = greatest(blocked_until, v_now + coalesce(p_wait, CASE WHEN v_blocked THEN interval '0'
            ELSE least(interval '60 seconds', interval '1 second' * power(2, least(v_in_row, 6))) END))
    WHERE key_hash = p_key_hash;
END
$$;

COMMENT ON FUNCTION take_request_slot(text, interval, interval, uuid) IS
    'Gives a request of this API key its turn: wait_millis until it may be sent; else again_millis until it may ask again, '
    'blocked_millis while OpenPhone lets nothing through, or nothing when its run stands still. Each request of a worker '
    'calls it.';
COMMENT ON FUNCTION block_requests(text, interval) IS
    'Notes that OpenPhone answered 429: requests of this API key wait for the given time, or without one for 1, 2, 4 ... 60 '
    'seconds.';
