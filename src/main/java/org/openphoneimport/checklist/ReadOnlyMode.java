package org.openphoneimport.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

import org.jboss.logging.Logger;
import org.openphoneimport.checklist.ChecklistSteps.Name;
import org.openphoneimport.checklist.ChecklistSteps.State;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Tells applications on this database not to write while a run is on: {@code system_mode} says so, {@code NOTIFY system_mode}
 * tells those that listen, and the transactions of named roles are read-only by default.
 */
@ApplicationScoped
class ReadOnlyMode {

    private static final Logger LOG = Logger.getLogger(ReadOnlyMode.class);

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
                        OR run_id IN (SELECT id FROM import_runs WHERE status IN ('completed', 'failed', 'cancelled'))
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

    /** The system first, then each role on its own: one that cannot be altered keeps nothing else read-only. */
    void undo(UUID run) {
        QuarkusTransaction.requiringNew().run(() -> {
            int changed = entityManager.createNativeQuery("""
                    UPDATE system_mode SET read_only = false, run_id = NULL, since = clock_timestamp() WHERE run_id = :run
                    """).setParameter("run", run).executeUpdate();
            if (changed > 0) {
                announce();
            }
        });
        var findings = roles(run).stream().map(role -> release(run, role)).flatMap(Optional::stream).toList();
        boolean all = roles(run).isEmpty();
        steps.set(run, Name.READ_ONLY, all ? State.UNDONE : State.ACTIVE, findings.isEmpty() ? null
                : (all ? "" : "The system is no longer read-only, but this is tried again each minute. ")
                        + String.join(". ", findings));
    }

    private List<String> roles(UUID run) {
        List<?> roles = QuarkusTransaction.requiringNew().call(() -> entityManager
                .createNativeQuery("SELECT role FROM read_only_roles WHERE run_id = :run ORDER BY role", String.class)
                .setParameter("run", run).getResultList());
        return roles.stream().map(String.class::cast).toList();
    }

    /** Returns what there is to say about it; a role that another run has made read-only since stays so. */
    private Optional<String> release(UUID run, String role) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                int released = entityManager
                        .createNativeQuery("DELETE FROM read_only_roles WHERE run_id = :run AND role = :role")
                        .setParameter("run", run).setParameter("role", role).executeUpdate();
                if (!exists(role)) {
                    return Optional.of("Role " + role + " is gone: it was dropped during the run");
                }
                if (released > 0 && !isWanted(role)) {
                    entityManager.createNativeQuery("ALTER ROLE %s RESET default_transaction_read_only".formatted(quoted(role)))
                            .executeUpdate();
                }
                return Optional.<String> empty();
            });
        } catch (PersistenceException e) {
            LOG.warnf("Role %s is read-only still after run %s, it is tried again: %s", role, run, e.getMessage());
            return Optional.of("Role " + role + " could not be made writable again: the importer's role may not alter it");
        }
    }

    private boolean exists(String role) {
        return (Boolean) entityManager.createNativeQuery("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
                .setParameter("role", role).getSingleResult();
    }

    private boolean isWanted(String role) {
        return (Boolean) entityManager.createNativeQuery("SELECT EXISTS (SELECT FROM read_only_roles WHERE role = :role)")
                .setParameter("role", role).getSingleResult();
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
