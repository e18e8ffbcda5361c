package org.openphoneimport.api;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.status.RunView;
import org.openphoneimport.status.WaitingFor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A run as JSON: its columns in camelCase, whatever columns there are but internal ones, and what follows from them. */
final class RunJson {

    /** What only workers need, and what identifies the key. */
    private static final Set<String> INTERNAL = Set.of("key_hash", "listing_token", "listing_lease_owner",
            "listing_lease_until", "listing_deaths", "listing_failures");

    private RunJson() {
    }

    static ObjectNode of(RunView view) {
        var json = columns(view.row());
        var estimates = view.estimates();
        json.put("elapsedSeconds", view.elapsed().toSeconds());
        json.put("estimatedSecondsRemaining", estimates.remaining() == null ? null : estimates.remaining().toSeconds());
        json.put("doneAtAbout", view.doneAt() == null ? null : view.doneAt().toString());
        json.put("failedConversations", view.unread().failed());
        json.put("refusedConversations", view.unread().refused());
        json.put("working", view.working());
        json.put("expectedMessages", estimates.messages());
        json.put("expectedCalls", estimates.calls());
        json.put("waitingMedia", view.media().waiting());
        json.put("failedMedia", view.media().failed());
        json.put("errorCount", view.errors());
        json.put("warningCount", view.warnings());
        json.set("waitingFor", waitingFor(view.waitingFor()));
        json.set("callParts", callParts(view.callParts()));
        return json;
    }

    static ObjectNode columns(JsonNode row) {
        var json = JsonNodeFactory.instance.objectNode();
        row.properties().stream().filter(column -> !INTERNAL.contains(column.getKey()))
                .forEach(column -> json.set(camelCase(column.getKey()), value(column.getValue())));
        return json;
    }

    /** All statuses, those that no part has as well. */
    private static ObjectNode callParts(JsonNode counts) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var status : PartStatus.values()) {
            json.put(status.text(), counts.path(status.text()).asLong());
        }
        return json;
    }

    private static @Nullable ObjectNode waitingFor(@Nullable WaitingFor waitingFor) {
        if (waitingFor == null) {
            return null;
        }
        return JsonNodeFactory.instance.objectNode().put("why", waitingFor.why())
                .put("until", waitingFor.until() == null ? null : waitingFor.until().toString());
    }

    static String camelCase(String column) {
        var name = new StringBuilder();
        for (var word : column.split("_", -1)) {
            name.append(name.isEmpty() || word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** Postgres writes times in UTC as {@code +00:00}, Java as {@code Z}: one of them in all JSON. */
    private static JsonNode value(JsonNode value) {
        return value.isTextual() && value.textValue().matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\\+00:00")
                ? JsonNodeFactory.instance.textNode(value.textValue().replace("+00:00", "Z"))
                : value;
    }
}
