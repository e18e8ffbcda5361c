package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.openphoneimport.directory.DirectoryPart;
import org.openphoneimport.directory.DirectoryParts.Answer;
import org.openphoneimport.document.NoteDocument;
import org.openphoneimport.document.PropertyDocument;
import org.openphoneimport.document.ShareDocument;
import org.openphoneimport.media.Media;
import org.openphoneimport.run.Issue;

/**
 * What OpenPhone answered about a contact.
 *
 * @param answers what became of each kind that was asked for
 * @param notes all that there are; empty when they were not asked for, or not given
 * @param properties likewise
 * @param shares likewise
 */
record ContactChunk(String contact, List<Answer> answers, Optional<List<NoteDocument>> notes,
        Optional<List<PropertyDocument>> properties, Optional<List<ShareDocument>> shares,
        List<Issue> issues) implements Chunk {

    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public ContactChunk failed(String what) {
        return failed(contact, answers.stream().map(answer -> DirectoryPart.of(answer.kind())).toList(), what,
                Issue.error("contacts", "contact", contact, what, null));
    }

    static ContactChunk failed(String contact, List<DirectoryPart> kinds, String what, Issue issue) {
        return new ContactChunk(contact, kinds.stream().map(kind -> Answer.failed(kind, contact, what)).toList(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(issue));
    }

    /** The files that hang on its notes. */
    @Override
    public List<Media.Found> media() {
        var found = new ArrayList<Media.Found>();
        notes.ifPresent(all -> all.forEach(note -> {
            for (int i = 0; i < note.media().size(); i++) {
                var file = note.media().get(i);
                found.add(new Media.Found("note", note.id(), i, file.url(), file.type()));
            }
        }));
        return found;
    }
}
