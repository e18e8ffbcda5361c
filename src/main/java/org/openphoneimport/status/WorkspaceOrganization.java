package org.openphoneimport.status;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What OpenPhone calls the workspace. Called within a {@link Snapshot}. */
@ApplicationScoped
public class WorkspaceOrganization {

    private final EntityManager entityManager;

    WorkspaceOrganization(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * The workspace as OpenPhone told of it last.
     *
     * @param name empty when OpenPhone has told none
     * @param expired whether its subscription had expired
     */
    @RegisterForReflection
    public record Organization(String name, boolean expired) {
    }

    /** The last that a run was told. */
    public Organization current() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT coalesce(name, '') AS name, coalesce(subscription_status = 'expired', false) AS expired
                FROM organization WHERE absent_since IS NULL ORDER BY id LIMIT 1
                """, Organization.class).getResultList();
        return rows.stream().map(Organization.class::cast).findFirst().orElse(new Organization("", false));
    }
}
