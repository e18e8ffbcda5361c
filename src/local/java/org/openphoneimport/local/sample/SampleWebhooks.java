package org.openphoneimport.local.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.document.SampleWebhook;

/** The workspace's webhooks, oldest first. v1 can make and delete them, not change them; a new one has a new key. */
public final class SampleWebhooks {

    static final String ORGANIZATION = "ORsample0001";

    private final Map<String, SampleWebhook> webhooks = new LinkedHashMap<>();
    private int made;

    SampleWebhooks(String owner) {
        create(owner, "CRM", null, "https://crm.example.com/hooks/openphone",
                List.of("message.received", "message.delivered"), List.of("*"), SampleWorkspace.END);
        create(owner, null, null, "https://calls.example.com/webhook",
                List.of("call.completed", "call.recording.completed"), List.of("*"), SampleWorkspace.END);
    }

    /** Returns the webhooks there are. */
    public synchronized List<SampleWebhook> all() {
        return List.copyOf(webhooks.values());
    }

    /** Returns the webhook with that id. */
    public synchronized Optional<SampleWebhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    synchronized boolean delete(String id) {
        return webhooks.remove(id) != null;
    }

    synchronized SampleWebhook create(String userId, @Nullable String label, @Nullable String status, String url,
            List<String> events, List<String> resourceIds, Instant at) {
        made++;
        var key = Base64.getEncoder().encodeToString("signing-key-%06d".formatted(made).getBytes(StandardCharsets.UTF_8));
        var webhook = new SampleWebhook("WHsample%04d".formatted(made), userId, ORGANIZATION, label,
                status == null ? "enabled" : status, url, key, at, at, null, events, resourceIds);
        webhooks.put(webhook.id(), webhook);
        return webhook;
    }
}
