-- Grouping 13,000 issues by their reasons took a quarter of a second for each look at the page.
ALTER TABLE import_issues ADD COLUMN reason_hash text NOT NULL GENERATED ALWAYS AS (
    md5(level || '|' || stage || '|' || subject || '|' || regexp_replace(what,
        '\d{1,2} [A-Z][a-z]{2} \d{4}, [\d:]+ UTC|https?://\S+|\y[A-Z]{2}[A-Za-z0-9]{6,}\y|\+?\d[\d ().-]{5,}\d', '', 'g'))
) STORED;
