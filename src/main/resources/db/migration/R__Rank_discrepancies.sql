CREATE OR REPLACE FUNCTION gravity(p_kind text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(CAST('{missing,different,unavailable,accepted,waiting,newer,absent}' AS text[]), p_kind)
$$;

COMMENT ON FUNCTION gravity(text) IS
    'Order of discrepancies.kind, the gravest first: of two findings about one subject the one with the smaller number '
    'counts.';
