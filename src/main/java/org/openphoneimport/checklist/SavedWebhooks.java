package org.openphoneimport.checklist;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.WebhookDocument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The table of webhooks that runs have taken off, each saved whole before anything happens to it. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class SavedWebhooks {

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    SavedWebhooks(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    /** How a webhook is taken off. */
    enum Method {
        /** It is disabled. */
        STATUS,
        /** It is deleted, and made again afterwards. */
        DELETION;

        private String text() {
            return this == STATUS ? "status" : "deletion";
        }
    }

    /** A webhook that is off. */
    record Saved(Method method, WebhookDocument webhook) {
    }

    void save(UUID run, WebhookDocument webhook, Method method) {
        entityManager.createNativeQuery("""
                INSERT INTO saved_webhooks (run_id, webhook_id, definition, method)
                VALUES (:run, :webhook, CAST(:definition AS jsonb), :method) ON CONFLICT DO NOTHING
                """)
                .setParameter("run", run)
                .setParameter("webhook", webhook.id())
                .setParameter("definition", webhook.payload().toString())
                .setParameter("method", method.text())
                .executeUpdate();
    }

    /** Nothing was done to it. */
    void forget(UUID run, WebhookDocument webhook) {
        entityManager.createNativeQuery("DELETE FROM saved_webhooks WHERE run_id = :run AND webhook_id = :webhook")
                .setParameter("run", run).setParameter("webhook", webhook.id()).executeUpdate();
    }

    /** It is live again; null if OpenPhone no longer knows it. */
    void noteBack(UUID run, String webhook, @Nullable WebhookDocument again) {
        entityManager.createNativeQuery("""
                UPDATE saved_webhooks SET back_at = clock_timestamp(), new_id = CAST(:newId AS text),
                    new_definition = nullif(CAST(:again AS jsonb), definition)
                WHERE run_id = :run AND webhook_id = :webhook
                """)
                .setParameter("newId", again == null ? null : again.id())
                .setParameter("again", again == null ? null : again.payload().toString())
                .setParameter("run", run)
                .setParameter("webhook", webhook)
                .executeUpdate();
    }

    @RegisterForReflection
    private record Row(String method, String definition) {
    }

    /** Those that are off. */
    List<Saved> off(UUID run) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT method, CAST(definition AS text) AS definition FROM saved_webhooks
                WHERE run_id = :run AND back_at IS NULL ORDER BY webhook_id
                """, Row.class).setParameter("run", run).getResultList();
        return rows.stream().map(Row.class::cast)
                .map(row -> new Saved("status".equals(row.method()) ? Method.STATUS : Method.DELETION,
                        document(row.definition())))
                .toList();
    }

    /** Whether the run has taken any off, be they back or not. */
    boolean hasAny(UUID run) {
        return (Boolean) entityManager.createNativeQuery("SELECT EXISTS (SELECT FROM saved_webhooks WHERE run_id = :run)")
                .setParameter("run", run).getSingleResult();
    }

    /** Whether one of the run's is back under that id. */
    boolean isBack(UUID run, String id) {
        return (Boolean) entityManager
                .createNativeQuery("SELECT EXISTS (SELECT FROM saved_webhooks WHERE run_id = :run AND new_id = :id)")
                .setParameter("run", run).setParameter("id", id).getSingleResult();
    }

    /** Those that were made again, in words. */
    List<String> renewed(UUID run) {
        return texts(run,
                """
                        SELECT concat(new_id, ' (', coalesce(definition ->> 'label', substring(definition ->> 'url' FROM '://([^/?#]*)')), ')')
                        FROM saved_webhooks
                        WHERE run_id = :run AND new_id <> webhook_id ORDER BY webhook_id
                        """);
    }

    /** Those that OpenPhone no longer knows. */
    List<String> gone(UUID run) {
        return texts(run, """
                SELECT webhook_id FROM saved_webhooks
                WHERE run_id = :run AND back_at IS NOT NULL AND new_id IS NULL ORDER BY webhook_id
                """);
    }

    private List<String> texts(UUID run, String query) {
        List<?> rows = entityManager.createNativeQuery(query, String.class).setParameter("run", run).getResultList();
        return rows.stream().map(String.class::cast).toList();
    }

    private WebhookDocument document(String definition) {
        try {
            return WebhookDocument.of(mapper.readTree(definition));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a webhook: " + e.getOriginalMessage(), e);
        }
    }
}
