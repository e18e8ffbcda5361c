package org.openphoneimport.status;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.openphoneimport.verification.WorkspaceCheck;

import io.quarkus.security.identity.SecurityIdentity;

/** Makes what stands around every page. */
@ApplicationScoped
class Frames {

    // A run may start behind our back: somebody else's, or the daily one.
    private static final int IDLE_SECONDS = 10;

    private static final int RETRY_SECONDS = 5;

    private final PageConfig config;
    private final EntityManager entityManager;
    private final SecurityIdentity identity;
    private final WorkspaceCheck check;

    Frames(PageConfig config, EntityManager entityManager, SecurityIdentity identity, WorkspaceCheck check) {
        this.check = check;
        this.config = config;
        this.entityManager = entityManager;
        this.identity = identity;
    }

    /** A page that keeps itself up to date. Called within a {@link Snapshot}. */
    Frame live(String title) {
        return shared(title).seenBy(Who.of(identity));
    }

    /** The same for whoever will see it, and outside of requests. */
    Frame shared(String title) {
        return new Frame(title, config.environment(), config.workspace().orElseGet(this::workspace), "/icon.svg?tone=calm",
                IDLE_SECONDS, Who.NOBODY, Frame.Files.ALL, Truth.of(check.read()));
    }

    /** A page that stays as it is and needs no database. */
    Frame still(String title) {
        return new Frame(title, config.environment(), config.workspace().orElse(""), "/icon.svg?tone=calm", 0,
                Who.of(identity), Frame.Files.ALL, null);
    }

    /** A page that needs no database, and tries by itself whether what is amiss has passed. */
    Frame retrying(String title) {
        return new Frame(title, config.environment(), config.workspace().orElse(""), "/icon.svg?tone=bad", RETRY_SECONDS,
                Who.of(identity), Frame.Files.ALL, null);
    }

    /** OpenPhone tells no name of the workspace, but its numbers, which people know it by. */
    private String workspace() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT coalesce(name, number, id) AS name, coalesce(number, id) AS number, count(*) OVER () AS all
                FROM phone_numbers WHERE absent_since IS NULL ORDER BY created_at NULLS LAST, id LIMIT 2
                """, Tuple.class).getResultList();
        if (rows.isEmpty()) {
            return "no workspace yet";
        }
        long more = ((Tuple) rows.getFirst()).get("all", Long.class) - rows.size();
        return rows.stream().map(row -> Numbers.phone(((Tuple) row).get("number", String.class)))
                .collect(Collectors.joining(", ")) + (more > 0 ? " and " + more + " more" : "");
    }
}
