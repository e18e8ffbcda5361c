package org.openphoneimport.status;

import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Reads with all statements seeing the tables at one moment, whatever workers commit meanwhile. */
@ApplicationScoped
public class Snapshot {

    private final EntityManager entityManager;

    Snapshot(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    public <T> T read(Supplier<T> view) {
        return QuarkusTransaction.requiringNew().call(() -> {
            // Postgres wants it before anything else of the transaction.
            entityManager.createNativeQuery("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").executeUpdate();
            // JSON made by Postgres names times in the session's zone.
            entityManager.createNativeQuery("SET LOCAL TIME ZONE 'UTC'").executeUpdate();
            return view.get();
        });
    }
}
