package org.openphoneimport.start;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WebhookDocument;
import org.openphoneimport.openphone.Webhooks;
import org.openphoneimport.start.ChecklistConfig.WebhookTreatment;
import org.openphoneimport.start.ChecklistSteps.Name;
import org.openphoneimport.start.ChecklistSteps.State;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Takes the workspace's webhooks off and puts them back. Each one's whole definition is saved before anything happens to it,
 * so that it can be put back whoever died in between.
 */
@ApplicationScoped
class WebhookSwitch {

    private static final Logger LOG = Logger.getLogger(WebhookSwitch.class);

    private final EntityManager entityManager;
    private final Webhooks webhooks;
    private final ChecklistSteps steps;
    private final ObjectMapper mapper;

    WebhookSwitch(EntityManager entityManager, Webhooks webhooks, ChecklistSteps steps, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.webhooks = webhooks;
        this.steps = steps;
        this.mapper = mapper;
    }

    void begin(UUID run, Caller caller, WebhookTreatment treatment) {
        List<WebhookDocument> live;
        try {
            live = live(caller);
        } catch (OpenPhoneException.Rejected | OpenPhoneException.Unavailable e) {
            // No reason not to import.
            skip(run, "Whether there are webhooks could not be found out. " + e.what());
            return;
        }
        int left = 0;
        for (var webhook : live) {
            boolean off = switch (treatment) {
                case PAUSE -> pause(run, caller, webhook);
                case RECREATE -> webhook.kind() != null && remove(run, caller, webhook);
                case LEAVE -> false;
            };
            left += off ? 0 : 1;
        }
        int off = saved(run).size();
        var warning = left == 0 ? "" : left + " webhooks are live during the run";
        if (off == 0) {
            skip(run, left == 0 ? "There are no webhooks that are live" : warning);
            return;
        }
        steps.set(run, Name.RECONCILIATION, State.PENDING, "It follows when the webhooks are live again");
        steps.set(run, Name.WEBHOOKS, State.ACTIVE, off + " webhooks are off" + (left == 0 ? "" : "; " + warning));
    }

    private void skip(UUID run, String why) {
        QuarkusTransaction.requiringNew().run(() -> {
            steps.set(run, Name.WEBHOOKS, State.SKIPPED, why);
            steps.set(run, Name.RECONCILIATION, State.SKIPPED, "No webhook was off");
        });
    }

    /** OpenPhone lists them user by user. */
    private List<WebhookDocument> live(Caller caller) {
        List<?> users = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT DISTINCT member FROM phone_numbers CROSS JOIN unnest(users) AS member ORDER BY member
                """, String.class).getResultList());
        var found = new ArrayList<>(webhooks.list(caller, null));
        for (var user : users) {
            for (var webhook : webhooks.list(caller, (String) user)) {
                if (found.stream().noneMatch(known -> known.id().equals(webhook.id()))) {
                    found.add(webhook);
                }
            }
        }
        return found.stream().filter(WebhookDocument::isLive).toList();
    }

    private boolean pause(UUID run, Caller caller, WebhookDocument webhook) {
        save(run, webhook, "status");
        try {
            webhooks.setLive(caller, webhook.id(), false);
            return true;
        } catch (OpenPhoneException.Unavailable e) {
            // It may have been done: it is set live again in any case.
            return !e.isBetween() || leave(run, webhook);
        } catch (OpenPhoneException.Rejected e) {
            // The dated API does not take this key, or does not know webhooks of v1.
            return leave(run, webhook);
        }
    }

    /** Nothing was done to it; returns false, since it is not off. */
    private boolean leave(UUID run, WebhookDocument webhook) {
        QuarkusTransaction.requiringNew().run(() -> entityManager
                .createNativeQuery("DELETE FROM saved_webhooks WHERE run_id = :run AND webhook_id = :webhook")
                .setParameter("run", run).setParameter("webhook", webhook.id()).executeUpdate());
        return false;
    }

    private boolean remove(UUID run, Caller caller, WebhookDocument webhook) {
        save(run, webhook, "deletion");
        try {
            webhooks.delete(caller, webhook.id());
        } catch (OpenPhoneException.Unavailable e) {
            LOG.warnf("Whether webhook %s is deleted is not known; it will be there after the run: %s", webhook.id(), e.what());
        }
        return true;
    }

    private void save(UUID run, WebhookDocument webhook, String method) {
        QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("""
                INSERT INTO saved_webhooks (run_id, webhook_id, definition, method)
                VALUES (:run, :webhook, CAST(:definition AS jsonb), :method) ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("webhook", webhook.id())
                .setParameter("definition", webhook.payload().toString())
                .setParameter("method", method)
                .executeUpdate());
    }

    /** Whoever died when one had been made again left it unnoted: one that is like it and nobody's counts as it. */
    void undo(UUID run, Caller caller) {
        var off = saved(run);
        if (off.isEmpty() && !wasAnyOff(run)) {
            skip(run, "The run ended before");
            return;
        }
        if (!off.isEmpty()) {
            var present = live(caller);
            off.forEach(saved -> putBack(run, caller, saved, present));
        }
        // Before that is noted: whoever dies in between does both again.
        steps.set(run, Name.RECONCILIATION, State.PENDING, null);
        steps.set(run, Name.WEBHOOKS, State.UNDONE, "The webhooks are live again"
                + listed(". These have new signing keys, which those whom they call have to be told: ", renewed(run))
                + listed(". OpenPhone no longer knows these, which somebody may have deleted: ", gone(run)));
    }

    private static String listed(String introduction, List<String> webhooks) {
        return webhooks.isEmpty() ? "" : introduction + String.join(", ", webhooks);
    }

    private void putBack(UUID run, Caller caller, Saved saved, List<WebhookDocument> present) {
        var id = saved.webhook().id();
        // One whose pausing was not answered may never have been off.
        if (present.stream().anyMatch(each -> each.id().equals(id))) {
            noteBack(run, id, id);
        } else if (saved.method().equals("deletion")) {
            remake(run, caller, saved.webhook(), present);
        } else {
            noteBack(run, id, setLive(caller, id) ? id : null);
        }
    }

    /** Returns whether OpenPhone knows it. */
    private boolean setLive(Caller caller, String id) {
        try {
            webhooks.setLive(caller, id, true);
            return true;
        } catch (OpenPhoneException.Rejected e) {
            // The dated API refuses ids of v1 as malformed: such a webhook was never off.
            if (e.status() != 404 && e.status() != 400) {
                throw e;
            }
            LOG.warnf("Webhook %s was off during the run and is gone now: %s", id, e.what());
            return false;
        }
    }

    private void remake(UUID run, Caller caller, WebhookDocument webhook, List<WebhookDocument> present) {
        var again = present.stream().filter(each -> each.isLike(webhook) && !isNoted(run, each.id())).findFirst()
                .orElseGet(() -> webhooks.create(caller, webhook));
        noteBack(run, webhook.id(), again.id());
    }

    /** What it is called now; null if OpenPhone no longer knows it. */
    private void noteBack(UUID run, String webhook, @Nullable String newId) {
        QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("""
                UPDATE saved_webhooks SET back_at = clock_timestamp(), new_id = CAST(:newId AS text)
                WHERE run_id = :run AND webhook_id = :webhook
                """).setParameter("newId", newId).setParameter("run", run).setParameter("webhook", webhook).executeUpdate());
    }

    boolean someAreOff(UUID run) {
        return !saved(run).isEmpty();
    }

    private boolean wasAnyOff(UUID run) {
        return (Boolean) QuarkusTransaction.requiringNew().call(() -> entityManager
                .createNativeQuery("SELECT EXISTS (SELECT FROM saved_webhooks WHERE run_id = :run)")
                .setParameter("run", run).getSingleResult());
    }

    private boolean isNoted(UUID run, String id) {
        return (Boolean) QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM saved_webhooks WHERE run_id = :run AND new_id = :id)
                """).setParameter("run", run).setParameter("id", id).getSingleResult());
    }

    /** Those that were made again, in words. */
    private List<String> renewed(UUID run) {
        List<?> rows = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT new_id || ' (' || (definition ->> 'url') || ')' FROM saved_webhooks
                WHERE run_id = :run AND new_id <> webhook_id ORDER BY webhook_id
                """, String.class).setParameter("run", run).getResultList());
        return rows.stream().map(String.class::cast).toList();
    }

    private List<String> gone(UUID run) {
        List<?> rows = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT webhook_id FROM saved_webhooks
                WHERE run_id = :run AND back_at IS NOT NULL AND new_id IS NULL ORDER BY webhook_id
                """, String.class).setParameter("run", run).getResultList());
        return rows.stream().map(String.class::cast).toList();
    }

    private List<Saved> saved(UUID run) {
        List<?> rows = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT method, CAST(definition AS text) AS definition FROM saved_webhooks
                WHERE run_id = :run AND back_at IS NULL ORDER BY webhook_id
                """, Tuple.class).setParameter("run", run).getResultList());
        return rows.stream().map(Tuple.class::cast)
                .map(row -> new Saved((String) row.get("method"), document((String) row.get("definition")))).toList();
    }

    private WebhookDocument document(String definition) {
        try {
            return WebhookDocument.of(mapper.readTree(definition));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a webhook: " + e.getOriginalMessage(), e);
        }
    }

    private record Saved(String method, WebhookDocument webhook) {
    }
}
