-- Words of calls, for the search of the page. As of messages only the beginning is indexed: a tsvector has at most a megabyte.
-- Queries that are to use the indexes repeat the expressions.

CREATE FUNCTION spoken_text(p_dialogue jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(string_agg(content #>> '{}', ' '), 100000) FROM jsonb_path_query(p_dialogue, '$[*].content') AS content
$$;

CREATE FUNCTION summary_text(p_summary text[], p_next_steps text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(array_to_string(coalesce(p_summary, '{}') || coalesce(p_next_steps, '{}'), ' '), 100000)
$$;

COMMENT ON FUNCTION spoken_text(jsonb) IS
    'What was said in a call, of call_transcripts.dialogue; its first 100,000 characters.';
COMMENT ON FUNCTION summary_text(text[], text[]) IS
    'A call in short and what was agreed, of call_summaries; its first 100,000 characters.';

CREATE INDEX call_transcripts_text_idx ON call_transcripts USING gin (to_tsvector('simple', spoken_text(dialogue)));
CREATE INDEX call_voicemails_text_idx ON call_voicemails USING gin (to_tsvector('simple', left(transcript, 100000)));
CREATE INDEX call_summaries_text_idx ON call_summaries
    USING gin (to_tsvector('simple', summary_text(summary, next_steps)));
