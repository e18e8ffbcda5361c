package org.openphoneimport.reading;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.openphoneimport.directory.ContactParts;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.media.Media;
import org.openphoneimport.media.MediaReopening;
import org.openphoneimport.run.Counters;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.Progress;

/** Stores what was answered about contacts, with what became of each question and the files that were found. */
@ApplicationScoped
class ContactChunks {

    private final IssueLog issues;
    private final Counters counters;
    private final MediaReopening reopening;

    ContactChunks(IssueLog issues, Counters counters, MediaReopening reopening) {
        this.issues = issues;
        this.counters = counters;
        this.reopening = reopening;
    }

    @Transactional
    void store(UUID run, List<ContactChunk> chunks) {
        var notes = all(chunks, ContactChunk::notes);
        var replaced = ContactParts.withOtherFiles(notes);
        ContactParts.storeNotes(contacts(chunks, ContactChunk::notes), notes, run);
        ContactParts.storeProperties(contacts(chunks, ContactChunk::properties), all(chunks, ContactChunk::properties), run);
        ContactParts.storeShares(contacts(chunks, ContactChunk::shares), all(chunks, ContactChunk::shares), run);
        DirectoryParts.settle(chunks.stream().flatMap(chunk -> chunk.answers().stream()).toList());
        var files = chunks.stream().flatMap(chunk -> chunk.media().stream()).toList();
        reopening.fetchAgain(files.stream().filter(file -> replaced.contains(file.subjectId())).toList());
        count(run, Media.note(files, run));
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
            counters.add(run, Progress.ofMedia(media));
        }
    }
}
