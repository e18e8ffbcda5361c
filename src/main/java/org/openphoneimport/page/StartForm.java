package org.openphoneimport.page;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.ErrorAnswer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * The form that starts a run with a window, as it was filled in.
 *
 * @param type historical or reconciliation
 * @param from a date, or empty
 * @param to a date, or empty
 * @param error what is wrong with it; null when nothing is
 * @param field which of its fields is wrong; null when none is
 */
public record StartForm(String type, String from, String to, @Nullable String error, @Nullable String field) {

    static StartForm of(@Nullable String type, @Nullable String from, @Nullable String to) {
        return new StartForm(type == null ? "historical" : type, from == null ? "" : from.strip(),
                to == null ? "" : to.strip(), null, null);
    }

    StartForm refused(ErrorAnswer answer) {
        return new StartForm(type, from, to, answer.error(), answer.field());
    }

    /** As start-run wants it: what was left empty does not stand in it. */
    JsonNode payload() {
        var payload = JsonNodeFactory.instance.objectNode().put("type", type);
        if (!from.isEmpty()) {
            payload.put("from", from);
        }
        if (!to.isEmpty()) {
            payload.put("to", to);
        }
        return payload;
    }

    public boolean reconciliation() {
        return type.equals("reconciliation");
    }

    /** Whether the form stands open: it has been filled in. */
    public boolean open() {
        return error != null || !from.isEmpty() || !to.isEmpty();
    }

    public boolean wrong(String name) {
        return name.equals(field);
    }
}
