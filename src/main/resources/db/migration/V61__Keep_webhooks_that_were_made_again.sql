-- R__Describe_checklist.sql says what the column means.
ALTER TABLE saved_webhooks ADD COLUMN new_definition jsonb;
