package org.openphoneimport.local.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.document.SampleDatedWebhook;
import org.openphoneimport.local.sample.document.SampleWebhook;

/**
 * The workspace's webhooks, oldest first. v1 can make and delete its own, not change them; a new one has a new key. Those of
 * the dated API have other ids and can be paused. Neither API sees the other's.
 */
public final class SampleWebhooks {

    static final String ORGANIZATION = "ORsample0001";

    private static final int FIRST_DATED = 4101;

    private final Map<String, SampleWebhook> webhooks = new LinkedHashMap<>();
    private final Map<String, SampleDatedWebhook> dated = new LinkedHashMap<>();
    private int made;
    private int datedMade;

    SampleWebhooks(String owner) {
        create(owner, "CRM", null, "https://crm.example.com/hooks/openphone",
                List.of("message.received", "message.delivered"), List.of("*"), SampleWorkspace.END);
        create(owner, null, null, "https://calls.example.com/webhook",
                List.of("call.completed", "call.recording.completed"), List.of("*"), SampleWorkspace.END);
    }

    /** Returns v1's webhooks, of all users. */
    public synchronized List<SampleWebhook> all() {
        return List.copyOf(webhooks.values());
    }

    /** Returns the webhook with that id. */
    public synchronized Optional<SampleWebhook> find(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    /** Returns the webhooks of the dated API. */
    public synchronized List<SampleDatedWebhook> dated() {
        return List.copyOf(dated.values());
    }

    /** Returns the webhook of the dated API with that id. */
    public synchronized Optional<SampleDatedWebhook> dated(String id) {
        return Optional.ofNullable(dated.get(id));
    }

    /** Makes one of the dated API, which is called. */
    public synchronized SampleDatedWebhook addDated(String label, String url, List<String> events) {
        var id = Integer.toString(FIRST_DATED + datedMade++);
        return put(new SampleDatedWebhook(id, ORGANIZATION, label, "enabled", url, DatedApi.VERSION, SampleWorkspace.END,
                SampleWorkspace.END, events, List.of("*")));
    }

    /** Makes one of v1, of any user. */
    public SampleWebhook add(String userId, String label, String url, List<String> events) {
        return create(userId, label, null, url, events, List.of("*"), SampleWorkspace.END);
    }

    /** Deletes one of the dated API. */
    public synchronized void removeDated(String id) {
        dated.remove(id);
    }

    synchronized SampleDatedWebhook put(SampleDatedWebhook webhook) {
        dated.put(webhook.id(), webhook);
        return webhook;
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
