package org.openphoneimport.reading;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.directory.ContactParts;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.media.Media;
import org.openphoneimport.run.IssueLog;

/** Stores what was answered about contacts, with what became of each question and the files that were found. */
@ApplicationScoped
class ContactChunks {

    private final EntityManager entityManager;
    private final IssueLog issues;

    ContactChunks(EntityManager entityManager, IssueLog issues) {
        this.entityManager = entityManager;
        this.issues = issues;
    }

    @Transactional
    void store(UUID run, List<ContactChunk> chunks) {
        ContactParts.storeNotes(contacts(chunks, ContactChunk::notes), all(chunks, ContactChunk::notes), run);
        ContactParts.storeProperties(contacts(chunks, ContactChunk::properties), all(chunks, ContactChunk::properties), run);
        ContactParts.storeShares(contacts(chunks, ContactChunk::shares), all(chunks, ContactChunk::shares), run);
        DirectoryParts.settle(chunks.stream().flatMap(chunk -> chunk.answers().stream()).toList());
        count(run, Media.note(chunks.stream().flatMap(chunk -> chunk.media().stream()).toList(), run));
        issues.add(run, chunks.stream().flatMap(chunk -> chunk.issues().stream()).toList());
    }

    private static <T> List<String> contacts(List<ContactChunk> chunks, Function<ContactChunk, Optional<List<T>>> part) {
        return chunks.stream().filter(chunk -> part.apply(chunk).isPresent()).map(ContactChunk::contact).toList();
    }

    private static <T> List<T> all(List<ContactChunk> chunks, Function<ContactChunk, Optional<List<T>>> part) {
        return chunks.stream().flatMap(chunk -> part.apply(chunk).stream()).flatMap(List::stream).toList();
    }

    private void count(UUID run, int media) {
        if (media > 0) {
            entityManager.createNativeQuery("""
                    UPDATE import_runs SET total_media = coalesce(total_media, 0) + :media WHERE id = :run
                    """).setParameter("media", media).setParameter("run", run).executeUpdate();
        }
    }
}
