package org.openphoneimport.start;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.start.ChecklistSteps.Name;
import org.openphoneimport.start.ChecklistSteps.State;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Tells applications on this database not to write while a run is on: {@code system_mode} says so, {@code NOTIFY system_mode}
 * tells those that listen, and the transactions of named roles are read-only by default.
 */
@ApplicationScoped
class ReadOnlyMode {

    private final EntityManager entityManager;
    private final ChecklistSteps steps;
    private final ChecklistConfig config;

    ReadOnlyMode(EntityManager entityManager, ChecklistSteps steps, ChecklistConfig config) {
        this.entityManager = entityManager;
        this.steps = steps;
        this.config = config;
    }

    void begin(UUID run) {
        begin(run, config.readOnlyRoles().orElse(List.of()));
    }

    void begin(UUID run, List<String> roles) {
        var findings = new ArrayList<String>();
        roles.forEach(role -> findings.add(restrict(run, role)));
        QuarkusTransaction.requiringNew().run(() -> {
            int changed = entityManager.createNativeQuery("""
                    UPDATE system_mode SET read_only = true, run_id = :run, since = clock_timestamp()
                    WHERE NOT read_only OR run_id = :run
                    """).setParameter("run", run).executeUpdate();
            if (changed == 0) {
                findings.add("The system was read-only before, and stays so");
            }
            announce();
            steps.set(run, Name.READ_ONLY, State.ACTIVE, findings.isEmpty() ? null : String.join(". ", findings));
        });
    }

    /** Returns what there is to say about it. */
    private String restrict(UUID run, String role) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                if (isOwn(role)) {
                    return "Role " + role + " is the importer's own and was left as it is";
                }
                entityManager.createNativeQuery("""
                        INSERT INTO read_only_roles (run_id, role) VALUES (:run, :role) ON CONFLICT DO NOTHING
                        """).setParameter("run", run).setParameter("role", role).executeUpdate();
                entityManager.createNativeQuery("ALTER ROLE %s SET default_transaction_read_only = on".formatted(quoted(role)))
                        .executeUpdate();
                var sessions = (Number) entityManager.createNativeQuery("""
                        SELECT count(*) FROM pg_stat_activity WHERE usename = :role
                        """).setParameter("role", role).getSingleResult();
                return "Role %s is read-only; %d sessions of it are older and can still write".formatted(role,
                        sessions.longValue());
            });
        } catch (PersistenceException e) {
            return "Role " + role + " could not be made read-only: the importer's role may not alter it, or there is none";
        }
    }

    private boolean isOwn(String role) {
        return (Boolean) entityManager.createNativeQuery("SELECT :role IN (current_user, session_user)")
                .setParameter("role", role).getSingleResult();
    }

    @Transactional(TxType.REQUIRES_NEW)
    void undo(UUID run) {
        List<?> roles = entityManager.createNativeQuery("DELETE FROM read_only_roles WHERE run_id = :run RETURNING role",
                String.class).setParameter("run", run).getResultList();
        roles.forEach(role -> entityManager
                .createNativeQuery("ALTER ROLE %s RESET default_transaction_read_only".formatted(quoted((String) role)))
                .executeUpdate());
        entityManager.createNativeQuery("""
                UPDATE system_mode SET read_only = false, run_id = NULL, since = clock_timestamp() WHERE run_id = :run
                """).setParameter("run", run).executeUpdate();
        announce();
        steps.set(run, Name.READ_ONLY, State.UNDONE, null);
    }

    /** {@code LISTEN system_mode} receives {@code {"read_only": true, "run_id": "..."}} when the transaction is over. */
    private void announce() {
        entityManager.createNativeQuery("""
                SELECT 1 FROM (SELECT pg_notify('system_mode', CAST(jsonb_build_object('read_only', read_only,
                    'run_id', run_id) AS text)) FROM system_mode) AS told
                """).getResultList();
    }

    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }
}
