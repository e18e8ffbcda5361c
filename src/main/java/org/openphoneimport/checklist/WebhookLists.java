package org.openphoneimport.checklist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.WebhookDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Webhooks;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Which webhooks are live, by the lists of both APIs: v1's has one user at a time, the dated one has the whole workspace. */
@ApplicationScoped
public class WebhookLists {

    private final EntityManager entityManager;
    private final Webhooks webhooks;

    WebhookLists(EntityManager entityManager, Webhooks webhooks) {
        this.entityManager = entityManager;
        this.webhooks = webhooks;
    }

    /**
     * What the lists say.
     *
     * @param webhooks that are live
     * @param unread which list could not be read and why, each in a sentence
     */
    public record Live(List<WebhookDocument> webhooks, List<String> unread) {

        /** Keeps them as they are. */
        public Live {
            webhooks = List.copyOf(webhooks);
            unread = List.copyOf(unread);
        }

        Live and(Live other) {
            var both = new ArrayList<>(webhooks);
            both.addAll(other.webhooks);
            var reasons = new ArrayList<>(unread);
            reasons.addAll(other.unread);
            return new Live(both, reasons);
        }
    }

    /** What each of the two says; throws what the first threw if both refuse the key. */
    public Live live(Caller caller) {
        var dated = tried("2026-03-30", () -> webhooks.listDated(caller));
        var first = tried("v1", () -> ofAllUsers(caller));
        if (dated.keyRefused() != null && first.keyRefused() != null) {
            throw first.keyRefused();
        }
        return dated.live().and(first.live());
    }

    /** v1's alone; throws when they cannot be listed. */
    List<WebhookDocument> liveOfV1(Caller caller) {
        return ofAllUsers(caller).stream().filter(WebhookDocument::isLive).toList();
    }

    private record Tried(Live live, OpenPhoneException.@Nullable KeyRefused keyRefused) {
    }

    private static Tried tried(String api, Supplier<List<WebhookDocument>> list) {
        try {
            return new Tried(new Live(list.get().stream().filter(WebhookDocument::isLive).toList(), List.of()), null);
        } catch (OpenPhoneException.KeyRefused e) {
            return new Tried(unread(api, e), e);
        } catch (OpenPhoneException.Rejected | OpenPhoneException.Unavailable e) {
            return new Tried(unread(api, e), null);
        }
    }

    private static Live unread(String api, OpenPhoneException reason) {
        return new Live(List.of(), List.of("The webhooks of " + api + " could not be listed: " + reason.what()));
    }

    private List<WebhookDocument> ofAllUsers(Caller caller) {
        var found = new LinkedHashMap<String, WebhookDocument>();
        webhooks.list(caller, null).forEach(webhook -> found.put(webhook.id(), webhook));
        for (var user : users()) {
            webhooks.list(caller, user).forEach(webhook -> found.putIfAbsent(webhook.id(), webhook));
        }
        return List.copyOf(found.values());
    }

    /** On the first run those of the numbers, which the check of the key stores. */
    private List<String> users() {
        List<?> users = QuarkusTransaction.requiringNew().call(() -> entityManager.createNativeQuery("""
                SELECT member FROM phone_numbers CROSS JOIN unnest(users) AS member UNION SELECT id FROM users ORDER BY 1
                """, String.class).getResultList());
        return users.stream().map(String.class::cast).toList();
    }
}
