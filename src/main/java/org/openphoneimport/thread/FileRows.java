package org.openphoneimport.thread;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads which files there are. Called within a {@link org.openphoneimport.status.Snapshot}. */
@ApplicationScoped
class FileRows {

    private static final String COLUMNS = """
            id, subject, subject_id, position, status, coalesce(content_type, type) AS type, size, finding, storage_key
            """;

    private final EntityManager entityManager;

    FileRows(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Files of one kind.
     *
     * @param files the first of each subject, by its id
     * @param counts how many each subject has
     */
    record Found(Map<String, List<StoredFile>> files, Map<String, Long> counts) {

        List<StoredFile> of(String subject) {
            return files.getOrDefault(subject, List.of());
        }

        long beyond(String subject) {
            return counts.getOrDefault(subject, 0L) - of(subject).size();
        }
    }

    @RegisterForReflection
    private record Row(long id, String subject, String subjectId, int position, String status, @Nullable String type,
            @Nullable Long size, @Nullable String finding, @Nullable String storageKey, long number, long allFiles) {
    }

    /** @param most how many of each subject */
    Found of(String kind, Collection<String> subjects, int most) {
        if (subjects.isEmpty()) {
            return new Found(Map.of(), Map.of());
        }
        List<?> found = entityManager.createNativeQuery("SELECT " + COLUMNS + """
                , number, all_files FROM (
                    SELECT media.*, row_number() OVER (PARTITION BY subject_id ORDER BY position) AS number,
                        count(*) OVER (PARTITION BY subject_id) AS all_files
                    FROM media WHERE subject = :kind AND subject_id = ANY(:subjects)
                ) AS file WHERE number <= :most ORDER BY subject_id, position
                """, Row.class)
                .setParameter("kind", kind)
                .setParameter("subjects", subjects.toArray(String[]::new))
                .setParameter("most", most)
                .getResultList();
        var rows = found.stream().map(Row.class::cast).toList();
        return new Found(rows.stream().map(FileRows::file).collect(Collectors.groupingBy(StoredFile::subjectId)),
                rows.stream().collect(Collectors.toMap(row -> row.subjectId(), row -> row.allFiles(), (one, other) -> one)));
    }

    /** The one with this id. */
    Optional<StoredFile> withId(long id) {
        List<?> rows = entityManager.createNativeQuery("SELECT " + COLUMNS + "FROM media WHERE id = :id", StoredFile.class)
                .setParameter("id", id).getResultList();
        return rows.stream().map(StoredFile.class::cast).findFirst();
    }

    private static StoredFile file(Row row) {
        return new StoredFile(row.id(), row.subject(), row.subjectId(), row.position(), row.status(), row.type(),
                row.size(), row.finding(), row.storageKey());
    }
}
