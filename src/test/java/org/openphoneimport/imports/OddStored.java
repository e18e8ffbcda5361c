package org.openphoneimport.imports;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.openphoneimport.testsupport.Database;
import org.openphoneimport.testsupport.Row;

/** What the tables have of odd rows, and what was noted about them. */
record OddStored(Database database) {

    Row conversation(String id) {
        return database.row("SELECT * FROM conversations WHERE id = ?", id);
    }

    Row message(String id) {
        return database.row("SELECT * FROM messages WHERE id = ?", id);
    }

    Row call(String id) {
        return database.row("SELECT * FROM calls WHERE id = ?", id);
    }

    /** A field of a message as OpenPhone sent it. */
    String payload(String message, String field) {
        return text("SELECT payload ->> ? FROM messages WHERE id = ?", field, message);
    }

    /** All messages and calls, with where they belong and what OpenPhone sent. */
    List<Row> activities() {
        return database.rows("""
                SELECT id, conversation_id, payload::text FROM messages
                UNION ALL SELECT id, conversation_id, payload::text FROM calls ORDER BY 1""");
    }

    /** The one value that there is, as text; {@code null} for null. */
    String text(String sql, Object... parameters) {
        return String.valueOf(database.value(sql, parameters));
    }

    /** The ids of a table, without those that are made of a row's content. */
    Set<String> identified(String table) {
        return database.ids(table).stream().filter(id -> !id.startsWith("unidentified-")).collect(Collectors.toSet());
    }

    /** The ids of what is warned of, in the order in which it was noted. */
    List<String> warnings(String subject) {
        return database
                .rows("SELECT subject_id FROM import_issues WHERE level = 'warning' AND subject = ? ORDER BY id", subject)
                .stream().map(row -> row.text("subject_id")).toList();
    }

    /** The ids of what has failed, but for the file of AC07, whose host is none: how often it was tried by then is chance. */
    List<String> errors() {
        return database.rows("SELECT subject_id FROM import_issues WHERE level = 'error' AND subject <> 'media'").stream()
                .map(row -> row.text("subject_id")).toList();
    }

    /** What is noted about one of them. */
    String warning(String id) {
        return text("SELECT what FROM import_issues WHERE subject_id = ?", id);
    }
}
