CREATE OR REPLACE FUNCTION v1_takes(p_participants text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT NOT EXISTS (SELECT FROM unnest(p_participants) AS party WHERE party !~ '^\+[1-9]\d{1,14}$')
$$;

COMMENT ON FUNCTION v1_takes(text[]) IS
    'Whether v1 can be asked for messages and calls with these participants: by its document all have to be E.164, so it refuses '
    'short codes and hidden callers.';
