DROP INDEX call_parts_due_idx;
CREATE INDEX call_parts_due_idx ON call_parts (due_at) WHERE status IN ('waiting', 'none') AND due_at IS NOT NULL;
