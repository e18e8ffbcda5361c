CREATE OR REPLACE FUNCTION time_span(p_from timestamptz, p_to timestamptz) RETURNS tstzmultirange LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN coalesce(p_from, '-infinity') < p_to
        THEN tstzmultirange(tstzrange(nullif(p_from, '-infinity'), p_to)) ELSE '{}' END
$$;

CREATE OR REPLACE FUNCTION read_to(p_read tstzmultirange) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(lower(CAST('{(,)}' AS tstzmultirange) - p_read), '-infinity')
$$;

COMMENT ON FUNCTION time_span(timestamptz, timestamptz) IS
    'The times from the first (null for the beginning) up to the second, without it; {} when there are none.';
COMMENT ON FUNCTION read_to(tstzmultirange) IS
    'Up to when everything was read from the beginning on; -infinity when the beginning was not.';
