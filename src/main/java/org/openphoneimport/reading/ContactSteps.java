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
class ContactSteps {

    private final EntityManager entityManager;
    private final IssueLog issues;

    ContactSteps(EntityManager entityManager, IssueLog issues) {
        this.entityManager = entityManager;
        this.issues = issues;
    }

    @Transactional
    void store(UUID run, List<ContactStep> steps) {
        ContactParts.storeNotes(contacts(steps, ContactStep::notes), all(steps, ContactStep::notes), run);
        ContactParts.storeProperties(contacts(steps, ContactStep::properties), all(steps, ContactStep::properties), run);
        ContactParts.storeShares(contacts(steps, ContactStep::shares), all(steps, ContactStep::shares), run);
        DirectoryParts.settle(steps.stream().flatMap(step -> step.answers().stream()).toList());
        count(run, Media.note(steps.stream().flatMap(step -> step.media().stream()).toList(), run));
        issues.add(run, steps.stream().flatMap(step -> step.issues().stream()).toList());
    }

    private static <T> List<String> contacts(List<ContactStep> steps, Function<ContactStep, Optional<List<T>>> part) {
        return steps.stream().filter(step -> part.apply(step).isPresent()).map(ContactStep::contact).toList();
    }

    private static <T> List<T> all(List<ContactStep> steps, Function<ContactStep, Optional<List<T>>> part) {
        return steps.stream().flatMap(step -> part.apply(step).stream()).flatMap(List::stream).toList();
    }

    private void count(UUID run, int media) {
        if (media > 0) {
            entityManager.createNativeQuery("""
                    UPDATE import_runs SET total_media = coalesce(total_media, 0) + :media WHERE id = :run
                    """).setParameter("media", media).setParameter("run", run).executeUpdate();
        }
    }
}
