package org.openphoneimport.document;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A webhook of either API.
 *
 * @param id {@code WH...} in v1, digits in the dated API
 * @param userId whose it is; only v1 says so
 * @param events such as {@code message.received}
 * @param resourceIds numbers, or the one value {@code *}
 * @param payload the document as received; of v1's its signing key stands in it
 */
public record WebhookDocument(String id, @Nullable String userId, @Nullable String label, @Nullable String status,
        @Nullable String url, List<String> events, List<String> resourceIds, JsonNode payload) {

    private static final Pattern HOST = Pattern.compile("^[a-z]+://(?:[^/@]*@)?([^/:?#]+)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** The document that was kept as it was received. */
    public static WebhookDocument of(JsonNode payload) {
        return read(new Fields(payload));
    }

    public static WebhookDocument read(Fields fields) {
        return new WebhookDocument(fields.id(), fields.text("userId"), fields.text("label"), fields.text("status"),
                fields.text("url"), fields.texts("events"), fields.texts("resourceIds"), fields.payload());
    }

    /** Whether it can be paused: only the dated API can, and it knows digits only. */
    public boolean canPause() {
        return DIGITS.matcher(id).matches();
    }

    /** What it can be recognised by, without its address: that may hold a secret. */
    public String name() {
        var host = HOST.matcher(url == null ? "" : url);
        return id + (label != null ? " (" + label + ")" : host.find() ? " (" + host.group(1) + ")" : "");
    }

    /** Whether it is being called. */
    public boolean isLive() {
        return !"disabled".equals(status);
    }

    /** The part of the path under which such a webhook can be made; null when it cannot be made through the API. */
    public @Nullable String kind() {
        var known = Set.copyOf(events);
        if (known.isEmpty() || url == null) {
            return null;
        }
        if (Set.of("message.received", "message.delivered").containsAll(known)) {
            return "messages";
        }
        if (Set.of("call.completed", "call.ringing", "call.recording.completed").containsAll(known)) {
            return "calls";
        }
        if (Set.of("call.summary.completed").containsAll(known)) {
            return "call-summaries";
        }
        return Set.of("call.transcript.completed").containsAll(known) ? "call-transcripts" : null;
    }

    /** Whether a receiver could not tell the two apart, but for the key. */
    public boolean isLike(WebhookDocument other) {
        return Objects.equals(url, other.url) && Objects.equals(label, other.label)
                && Objects.equals(userId, other.userId) && Objects.equals(status, other.status)
                && Set.copyOf(events).equals(Set.copyOf(other.events))
                && Set.copyOf(resourceIds).equals(Set.copyOf(other.resourceIds));
    }
}
