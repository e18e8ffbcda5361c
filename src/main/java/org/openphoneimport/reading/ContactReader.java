package org.openphoneimport.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.directory.DirectoryPart;
import org.openphoneimport.directory.DirectoryParts.Answer;
import org.openphoneimport.document.Document;
import org.openphoneimport.document.NoteDocument;
import org.openphoneimport.document.PropertyDocument;
import org.openphoneimport.document.ShareDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.DirectoryApi;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.Issue;

/** Asks OpenPhone for what hangs on a contact: its notes, properties and shares. */
@ApplicationScoped
class ContactReader {

    private final DirectoryApi api;

    ContactReader(DirectoryApi api) {
        this.api = api;
    }

    /** Asks for all its kinds; a kind that is not answered does not hold up the others. */
    Optional<Unanswered> read(Caller caller, OpenContact contact, Consumer<Chunk> store) {
        var reading = new Asking(contact.id());
        var unanswered = new ArrayList<DirectoryPart>();
        OpenPhoneException.@Nullable Unavailable reason = null;
        boolean askedForAll = true;
        try {
            for (var kind : contact.kinds()) {
                try {
                    ask(caller, kind, reading);
                } catch (OpenPhoneException.Unavailable e) {
                    unanswered.add(kind);
                    reason = e;
                } catch (OpenPhoneException.Rejected e) {
                    reading.reject(kind, e);
                }
            }
        } catch (NotNowException | OpenPhoneException.KeyRefused e) {
            if (reason == null || !(e instanceof NotNowException.OutOfTime)) {
                reading.chunkSoFar().ifPresent(store);
                throw e;
            }
            askedForAll = false;
        }
        reading.chunkSoFar().ifPresent(store);
        return reason == null ? Optional.empty()
                : Optional.of(new Unanswered(contact, ContactChunk.failed(contact.id(), unanswered, reason.what(),
                        Issue.error("contacts", "contact", contact.id(), reason.what(), reason.request())), reason,
                        askedForAll));
    }

    private void ask(Caller caller, DirectoryPart kind, Asking reading) {
        switch (kind) {
            case CONTACT_NOTES -> reading.notes = reading.given(kind, api.notes(caller, reading.contact));
            case CONTACT_PROPERTIES -> reading.properties = reading.given(kind, api.properties(caller, reading.contact));
            case CONTACT_SHARES -> reading.shares = reading.given(kind, api.shares(caller, reading.contact));
            case NUMBER_HOURS, NUMBER_MEMBERS, NUMBER_SETTINGS -> throw new IllegalArgumentException(
                    kind + " belongs to no contact");
        }
    }

    /** A contact while OpenPhone is being asked about it, and what has been answered. */
    private static final class Asking {

        private final String contact;
        private final List<Answer> answers = new ArrayList<>();
        private final List<Issue> issues = new ArrayList<>();
        private @Nullable List<NoteDocument> notes;
        private @Nullable List<PropertyDocument> properties;
        private @Nullable List<ShareDocument> shares;

        Asking(String contact) {
            this.contact = contact;
        }

        <T extends Document> List<T> given(DirectoryPart kind, List<T> documents) {
            answers.add(Answer.given(kind, contact, !documents.isEmpty()));
            issues.addAll(documents.stream().flatMap(each -> each.oddities().isEmpty() ? Stream.<String> empty()
                    : Stream.of(each.id() + ": " + String.join("; ", each.oddities()))).limit(1)
                    .map(odd -> Issue.warning(kind.words(), "contact", contact, odd, null)).toList());
            return documents;
        }

        /** Whether a refusal stands for more than this contact shows when others have been asked. */
        void reject(DirectoryPart kind, OpenPhoneException.Rejected e) {
            if (e.isRefusal()) {
                answers.add(Answer.refused(kind, contact, e.what()));
                issues.add(Issue.warning(kind.words(), "contact", contact,
                        "OpenPhone refuses the %s of this contact. %s".formatted(kind.words(), e.what()), e.request()));
            } else {
                answers.add(Answer.failed(kind, contact, e.what()));
                issues.add(Issue.error("contacts", "contact", contact, e.what(), e.request()));
            }
        }

        /** What has been answered; empty when nothing has. */
        Optional<Chunk> chunkSoFar() {
            return answers.isEmpty() ? Optional.empty()
                    : Optional.of(new ContactChunk(contact, List.copyOf(answers), Optional.ofNullable(notes),
                            Optional.ofNullable(properties), Optional.ofNullable(shares), List.copyOf(issues)));
        }
    }
}
