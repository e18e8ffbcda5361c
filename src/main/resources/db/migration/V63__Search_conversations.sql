-- Words of messages, for the search of the page. A tsvector has at most a megabyte: a longer text must not fail its row, so only
-- its beginning is indexed. Queries that are to use it repeat the expression.
CREATE INDEX messages_text_idx ON messages USING gin (to_tsvector('simple', left(text, 100000)));
-- Threads and lists of conversations, page by page, the newest first; what has no time comes last.
CREATE INDEX messages_thread_idx ON messages (conversation_id, coalesce(created_at, '-infinity'), id);
CREATE INDEX conversations_activity_idx ON conversations (coalesce(last_activity_at, created_at, '-infinity'), id);
