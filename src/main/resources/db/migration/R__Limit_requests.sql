-- What came before this.
DROP FUNCTION IF EXISTS take_request_slot(text, interval, interval, uuid);
DROP FUNCTION IF EXISTS take_request_slot(text, double precision, double precision, interval, uuid);

-- OpenPhone refuses what would be one request more than its quota within any second. So there are as many tokens as requests are
-- allowed in a second; one that was taken is free again when that second is over, counted from when its request should arrive
-- (see delay_request_token for those that arrive late). A lost moment costs its token alone; the others keep their turns.
-- Requests keep a distance as well: after an idle second tokens are spread evenly, and what was lost in a short one is caught up
-- by three quarters of the distance, never in a bunch.
-- p_quota is what OpenPhone says it grants. With it all of that is used, and tokens are free 15 ms later than they would have to
-- be, for what is too little to be told (slack_millis) and the jitter on the way. Without it, and for two minutes after OpenPhone
-- refused one all the same (others may use the key), p_rate is used, which is less: one refusal in two minutes is less than a
-- thousandth.
-- Grants a slot at most p_ahead from now, so that no worker sleeps on one while the world changes; a worker without a slot
-- asks again. Times are relative, since the clocks of workers differ from this one.
--   run_status      status of the run that the request is for, null without one
--   blocked_millis  how long no request may be sent, null when not blocked
--   wait_millis     how long to sleep before the request, null when no slot was granted
--   again_millis    when to ask again, null when a slot was granted
--   token           which one was taken, from 1; null when no slot was granted, or there is no limit
--   cooldown_millis after how long it is free again
--   slack_millis    how late its request may arrive without being told to delay_request_token
--   probe           after a 429, until let_requests_through: which of all granted requests this one would be; null otherwise
CREATE OR REPLACE FUNCTION take_request_slot(p_key_hash text, p_rate double precision, p_quota double precision,
    p_ahead interval, p_run_id uuid,
    OUT run_status text, OUT blocked_millis double precision, OUT wait_millis double precision,
    OUT again_millis double precision, OUT token integer, OUT cooldown_millis double precision,
    OUT slack_millis double precision, OUT probe bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_limit    rate_limits%ROWTYPE;
    v_now      timestamptz;
    v_edge     boolean;
    v_rate     double precision;
    v_tokens   integer;
    v_cooldown interval;
    v_free_at  timestamptz[];
    v_slot     timestamptz;
    v_latest   timestamptz;
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

    probe := CASE WHEN v_limit.refused_in_row > 0 THEN v_limit.granted + 1 END;

    IF p_rate = 0 THEN
        wait_millis := 0;
        UPDATE rate_limits SET granted = granted + 1 WHERE key_hash = p_key_hash;
        RETURN;
    END IF;

    v_edge := p_quota IS NOT NULL AND coalesce(v_limit.refused_at < v_now - interval '2 minutes', true);
    v_rate := CASE WHEN v_edge THEN p_quota ELSE p_rate END;
    v_tokens := greatest(1, floor(v_rate));
    v_cooldown := v_tokens / v_rate * interval '1 second' + CASE WHEN v_edge THEN interval '15 ms' ELSE interval '0' END;

    -- No token rests longer, not even that of a process that is just starting: a clock that steps back costs that, not the step. It
    -- is written down, since the time would begin anew with each who asks.
    v_latest := v_now + p_ahead + v_cooldown + interval '2 seconds';
    v_free_at := v_limit.free_at; -- those that others use as well, who have been told the quota
    FOR i IN 1 .. v_tokens LOOP
        v_free_at[i] := least(v_latest, coalesce(v_limit.free_at[i], v_now));
        IF v_limit.next_at < v_now - v_cooldown OR v_limit.granted = 0 THEN
            v_free_at[i] := greatest(v_free_at[i], v_now + (i - 1) * v_cooldown / v_tokens);
        END IF;
        IF token IS NULL OR v_free_at[i] < v_free_at[token] THEN
            token := i;
        END IF;
    END LOOP;
    v_slot := greatest(v_now, v_free_at[token], least(v_latest, v_limit.next_at));

    IF v_slot > v_now + p_ahead THEN
        again_millis := 1000 * extract(epoch FROM v_slot - v_now - p_ahead);
        token := NULL;
        IF v_slot = v_latest THEN
            UPDATE rate_limits SET next_at = least(next_at, v_latest), free_at = v_free_at WHERE key_hash = p_key_hash;
        END IF;
        RETURN;
    END IF;

    wait_millis := 1000 * extract(epoch FROM v_slot - v_now);
    cooldown_millis := 1000 * extract(epoch FROM v_cooldown);
    slack_millis := CASE WHEN v_edge THEN 10 ELSE 100 END;
    v_free_at[token] := v_slot + v_cooldown;
    UPDATE rate_limits
    SET free_at       = v_free_at,
        next_at       = v_slot + v_cooldown / v_tokens * 0.75,
        quota         = coalesce(p_quota, rate_limits.quota),
        granted       = granted + 1,
        waited_millis = rate_limits.waited_millis + round(take_request_slot.wait_millis)
    WHERE key_hash = p_key_hash;
END
$$;

-- A request arrived later than its slot, or perhaps did: its token is free later.
CREATE OR REPLACE FUNCTION delay_request_token(p_key_hash text, p_token integer, p_free_in interval) RETURNS void
LANGUAGE sql AS $$
    UPDATE rate_limits SET free_at[p_token] = greatest(free_at[p_token], clock_timestamp() + p_free_in)
    WHERE key_hash = p_key_hash
$$;

-- OpenPhone answered 429: no request is sent for p_wait, or if it named no time for 1, 2, 4 ... 60 seconds. Many requests are
-- refused at once when a block begins; only the first of them makes the next one longer. When one was let through in between,
-- the waits begin anew.
CREATE OR REPLACE FUNCTION block_requests(p_key_hash text, p_wait interval) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_limit   rate_limits%ROWTYPE;
    v_now     timestamptz;
    v_blocked boolean;
BEGIN
    SELECT * INTO v_limit FROM rate_limits WHERE key_hash = p_key_hash FOR UPDATE;
    v_now := clock_timestamp();
    v_blocked := coalesce(v_limit.blocked_until > v_now, false);

    UPDATE rate_limits
    SET refused            = refused + 1,
        refused_at         = v_now,
        refused_in_row     = refused_in_row + CASE WHEN v_blocked THEN 0 ELSE 1 END,
        granted_at_refusal = granted,
        blocked_until      = greatest(blocked_until, v_now + coalesce(p_wait, CASE WHEN v_blocked THEN interval '0'
            ELSE least(interval '60 seconds', interval '1 second' * power(2, least(refused_in_row, 6))) END))
    WHERE key_hash = p_key_hash;
END
$$;

-- OpenPhone answered a request that was granted after a 429 otherwise. What was under way when that became known says nothing: it
-- may have come before the refused one.
CREATE OR REPLACE FUNCTION let_requests_through(p_key_hash text, p_probe bigint) RETURNS void
LANGUAGE sql AS $$
    UPDATE rate_limits SET refused_in_row = 0
    WHERE key_hash = p_key_hash AND refused_in_row > 0 AND granted_at_refusal < p_probe
$$;

COMMENT ON FUNCTION take_request_slot(text, double precision, double precision, interval, uuid) IS
    'Gives a request of this API key its turn: wait_millis until it may be sent; else again_millis until it may ask again, '
    'blocked_millis while OpenPhone lets nothing through, or nothing when its run stands still. Each request of a worker '
    'calls it.';
COMMENT ON FUNCTION delay_request_token(text, integer, interval) IS
    'Notes that a request of this API key came late: its token, the one that take_request_slot named, is not free before the '
    'given time has passed.';
COMMENT ON FUNCTION block_requests(text, interval) IS
    'Notes that OpenPhone answered 429: requests of this API key wait for the given time, or without one for 1, 2, 4 ... 60 '
    'seconds.';
COMMENT ON FUNCTION let_requests_through(text, bigint) IS
    'Notes that OpenPhone let a request of this API key through that was granted after the last 429: the next 429 is the first '
    'of a row.';
