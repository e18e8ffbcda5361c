package org.openphoneimport.verification;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

/**
 * The statements of checks. A select has the columns kind, subject, subject_id, finding, conversation_id; it, and any other
 * statement, may use the parameters {@code :verification}, {@code :run}, {@code :listing} and {@code :runStarted}.
 */
@ApplicationScoped
class CheckStatements {

    private final EntityManager entityManager;

    CheckStatements(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Adds what a select finds to the discrepancies; of several about one subject the gravest stays. */
    void insert(VerificationClaim claim, Check check, String select) {
        set(entityManager.createNativeQuery(
                """
                        %s
                        SELECT DISTINCT ON (subject, subject_id) :verification, kind, subject, subject_id, finding, conversation_id, :check
                        FROM (%s) AS found(kind, subject, subject_id, finding, conversation_id)
                        ORDER BY subject, subject_id, gravity(kind)
                        %s
                        """
                        .formatted(Discrepancies.INSERT, select, Discrepancies.OR_GRAVER)),
                claim).setParameter("check", check.text()).executeUpdate();
    }

    /** The ids that a select gives. */
    List<String> ids(VerificationClaim claim, String select) {
        List<?> ids = set(entityManager.createNativeQuery(select, String.class), claim).getResultList();
        return ids.stream().map(String.class::cast).toList();
    }

    static Query set(Query query, VerificationClaim claim) {
        var names = query.getParameters().stream().map(parameter -> parameter.getName()).toList();
        if (names.contains("verification")) {
            query.setParameter("verification", claim.id());
        }
        if (names.contains("run")) {
            query.setParameter("run", claim.run());
        }
        if (names.contains("listing")) {
            query.setParameter("listing", claim.listing());
        }
        if (names.contains("runStarted")) {
            query.setParameter("runStarted", claim.runStarted().toString());
        }
        return query;
    }
}
