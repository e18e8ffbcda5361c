-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE ended_sessions IS
    'Sessions of the page that were ended by signing out: their cookies would still be good for hours. Written by the page, '
    'and forgotten when the cookies have expired.';
COMMENT ON COLUMN ended_sessions.session_id IS
    'The session''s random id, which its cookie holds.';
COMMENT ON COLUMN ended_sessions.ended_at IS
    'When it was ended.';

COMMENT ON TABLE wrong_passwords IS
    'Names that were tried with a wrong password, so that each further guess has to wait longer. Written by the page; the '
    'right password deletes the row, and a day without a guess.';
COMMENT ON COLUMN wrong_passwords.name_hash IS
    'SHA-256 of the name in hexadecimal: what is typed there may be a password.';
COMMENT ON COLUMN wrong_passwords.count IS
    'Wrong passwords since the name was last used with the right one.';
COMMENT ON COLUMN wrong_passwords.last_at IS
    'When the last of them was tried.';

END $$;
