package org.openphoneimport.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the samples of a run. Called within a {@code Snapshot}. */
@ApplicationScoped
public class Samples {

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    Samples(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    @RegisterForReflection
    private record Row(long id, Instant at, String figures) {
    }

    /**
     * The first sample of the run, to count from, and those of the time before a moment; the oldest first.
     *
     * @param end the moment
     * @param time before it
     */
    public List<Sample> read(UUID run, Instant end, Duration time) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, at, CAST(figures AS text) AS figures FROM import_events
                WHERE run_id = :run AND kind = 'sample' AND figures IS NOT NULL AND at BETWEEN :start AND :end
                UNION (
                    SELECT id, at, CAST(figures AS text) FROM import_events
                    WHERE run_id = :run AND kind = 'sample' AND figures IS NOT NULL ORDER BY at LIMIT 1)
                ORDER BY id
                """, Row.class)
                .setParameter("run", run)
                .setParameter("start", end.minus(time))
                .setParameter("end", end)
                .getResultList();
        var samples = new ArrayList<Sample>();
        rows.forEach(row -> samples.add(sample((Row) row)));
        return samples;
    }

    private Sample sample(Row row) {
        try {
            return Sample.of(row.at(), mapper.readTree(row.figures()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a sample: " + e.getOriginalMessage(), e);
        }
    }
}
