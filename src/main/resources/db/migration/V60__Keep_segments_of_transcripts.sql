-- R__Describe_calls.sql says what the column means.
ALTER TABLE call_transcripts ADD COLUMN segments jsonb;
