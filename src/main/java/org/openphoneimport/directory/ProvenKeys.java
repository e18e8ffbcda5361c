package org.openphoneimport.directory;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.ApiKey;
import org.openphoneimport.openphone.WorkspaceKeys;

/** Tells by the workspace's own numbers, and their users, whose a key is. Each key is asked about once. */
@ApplicationScoped
class ProvenKeys implements WorkspaceKeys {

    private final EntityManager entityManager;
    private final ApiKey key;

    ProvenKeys(EntityManager entityManager, ApiKey key) {
        this.entityManager = entityManager;
        this.key = key;
    }

    @Override
    @Transactional
    public boolean isProven() {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM workspace_keys WHERE key_hash = :key) OR NOT EXISTS (SELECT FROM phone_numbers)
                """).setParameter("key", key.hash()).getSingleResult();
    }

    /** Where nothing is stored yet, or any more, nothing is shown: whatever is imported next may be any workspace's. */
    @Override
    @Transactional
    public boolean prove(List<PhoneNumberDocument> numbers) {
        if (!PhoneNumber.areOfThisWorkspace(numbers)) {
            return false;
        }
        entityManager
                .createNativeQuery(
                        """
                                INSERT INTO workspace_keys (key_hash) SELECT :key WHERE EXISTS (SELECT FROM phone_numbers) ON CONFLICT DO NOTHING
                                """)
                .setParameter("key", key.hash()).executeUpdate();
        // The run that is going on is shown with the requests that are sent under its key.
        entityManager.createNativeQuery("""
                UPDATE import_runs SET key_hash = :key
                WHERE status IN ('pending', 'running', 'paused', 'verifying') AND key_hash <> :key
                """).setParameter("key", key.hash()).executeUpdate();
        return true;
    }
}
