package org.openphoneimport.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

import org.jboss.logging.Logger;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Wrong passwords by name, counted for all instances together: after five, a name has to wait for 10 s, and twice as long after
 * each one more, a quarter of an hour at most. Names that do not exist are counted like those that do.
 */
@ApplicationScoped
class Guesses {

    private static final Logger LOG = Logger.getLogger(Guesses.class);

    private final EntityManager entityManager;

    Guesses(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Whether a name has to wait, whatever the password. */
    boolean mustWait(String name) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> !entityManager.createNativeQuery("""
                    SELECT 1 FROM wrong_passwords
                    WHERE name_hash = :name AND count >= 5 AND last_at + least(
                        interval '10 s' * power(2, least(count, 20) - 5), interval '15 min') > clock_timestamp()
                    """).setParameter("name", hash(name)).getResultList().isEmpty());
        } catch (PersistenceException e) {
            LOG.warnf("Failed to ask how many wrong passwords there were: %s", e.getMessage());
            return false;
        }
    }

    /** Counts one; what is older than a day is forgotten. */
    void wrong(String name) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                entityManager.createNativeQuery("""
                        DELETE FROM wrong_passwords WHERE last_at < clock_timestamp() - interval '1 day'
                        """).executeUpdate();
                entityManager.createNativeQuery("""
                        INSERT INTO wrong_passwords AS known (name_hash, count) VALUES (:name, 1)
                        ON CONFLICT (name_hash) DO UPDATE SET count = known.count + 1, last_at = clock_timestamp()
                        """).setParameter("name", hash(name)).executeUpdate();
            });
        } catch (PersistenceException e) {
            LOG.warnf("Failed to count a wrong password: %s", e.getMessage());
        }
    }

    /** Forgets those of a name. */
    void right(String name) {
        try {
            QuarkusTransaction.requiringNew().run(() -> entityManager.createNativeQuery("""
                    DELETE FROM wrong_passwords WHERE name_hash = :name
                    """).setParameter("name", hash(name)).executeUpdate());
        } catch (PersistenceException e) {
            LOG.warnf("Failed to forget wrong passwords: %s", e.getMessage());
        }
    }

    /** What is typed as a name may be a password. */
    private static String hash(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
