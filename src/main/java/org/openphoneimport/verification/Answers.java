package org.openphoneimport.verification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.WorkspaceList;

/** Turns answers into discrepancies. */
@ApplicationScoped
class Answers {

    private final EntityManager entityManager;
    private final Verifications verifications;
    private final Questions questions;
    private final Discrepancies discrepancies;
    private final FoundActivities store;
    private final Ledger ledger;
    private final ListLedger lists;

    Answers(EntityManager entityManager, Verifications verifications, Questions questions, Discrepancies discrepancies,
            FoundActivities store, Ledger ledger, ListLedger lists) {
        this.entityManager = entityManager;
        this.verifications = verifications;
        this.questions = questions;
        this.discrepancies = discrepancies;
        this.store = store;
        this.ledger = ledger;
        this.lists = lists;
    }

    /**
     * OpenPhone has a last activity that was not stored, and gives it by its id. It is stored; but what came before it in its
     * conversation may be missing as well, unless that is known to be refused. What a run's window leaves out is left out.
     */
    @Transactional(TxType.REQUIRES_NEW)
    void found(VerificationClaim claim, Question.Activity activity, FoundActivity found) {
        if (!verifications.renew(claim)) {
            return;
        }
        if (store.isUnlisted(activity.subjectId())) {
            // It is stored, and its list still leaves it out.
            questions.answered(claim, activity);
            return;
        }
        var run = Run.withId(claim.run()).orElseThrow();
        if (!isBefore(run, found.createdAt())) {
            if (!isBehind(run, found.createdAt())) {
                store.store(run.id, activity.conversation(), found);
            }
            differenceOf(claim, run, activity, found).ifPresent(one -> {
                discrepancies.add(claim.id(), List.of(one));
                if (one.kind().equals(Discrepancy.Kind.MISSING.text())) {
                    ledger.doubt(activity.conversation(), found.isMessage(), !found.isMessage(), null);
                    store.noteUnlisted(activity.conversation(), activity.subjectId(), found);
                    doubtList(claim, found);
                }
            });
        }
        questions.answered(claim, activity);
    }

    /**
     * Where no other API confirms it, a list that leaves out one row for longer than lists may is believed in no other either.
     */
    private void doubtList(VerificationClaim claim, FoundActivity found) {
        var createdAt = found.createdAt();
        if (claim.generation() == Generation.DATED && claim.witness() == null && createdAt != null
                && createdAt.isBefore(claim.runStarted().minus(Comparison.TO_APPEAR))) {
            lists.doubt(found.isMessage() ? WorkspaceList.MESSAGES : WorkspaceList.CALLS);
        }
    }

    private Optional<Discrepancy> differenceOf(VerificationClaim claim, Run run, Question.Activity activity,
            FoundActivity found) {
        var createdAt = found.createdAt();
        if (createdAt != null && createdAt.isAfter(run.windowTo == null ? claim.runStarted() : run.windowTo)) {
            return Optional.of(Discrepancy.of(Discrepancy.Kind.NEWER, found.subject(), activity.subjectId(),
                    "It is the last activity of conversation %s and came after the run".formatted(activity.conversation()),
                    activity.conversation(), Check.ACTIVITIES));
        }
        return store.isRefused(activity.conversation(), found) ? Optional.empty()
                : Optional.of(Discrepancy.of(Discrepancy.Kind.MISSING, found.subject(), activity.subjectId(),
                        "It is the last activity of conversation %s and was only found by its id, so more may be missing"
                                .formatted(activity.conversation()),
                        activity.conversation(), Check.ACTIVITIES));
    }

    private static boolean isBefore(Run run, @Nullable Instant createdAt) {
        return run.windowFromGiven && createdAt != null && createdAt.isBefore(run.windowFrom);
    }

    private static boolean isBehind(Run run, @Nullable Instant createdAt) {
        return run.windowTo != null && createdAt != null && !createdAt.isBefore(run.windowTo);
    }

    /** OpenPhone has no such activity: one that was found by its id before is gone, one that it names is unavailable. */
    @Transactional(TxType.REQUIRES_NEW)
    void gone(VerificationClaim claim, Question.Activity activity, String what) {
        if (!verifications.renew(claim)) {
            return;
        }
        if (!store.forgetUnlisted(activity.subjectId())) {
            noteUnavailable(claim, activity, what);
        }
        questions.answered(claim, activity);
    }

    /** OpenPhone names a last activity, but refuses to give it. */
    @Transactional(TxType.REQUIRES_NEW)
    void unavailable(VerificationClaim claim, Question.Activity activity, String what) {
        if (verifications.renew(claim)) {
            noteUnavailable(claim, activity, what);
            questions.answered(claim, activity);
        }
    }

    private void noteUnavailable(VerificationClaim claim, Question.Activity activity, String what) {
        entityManager.createNativeQuery("""
                INSERT INTO unavailable_activities (id, finding) VALUES (:id, :finding)
                ON CONFLICT (id) DO UPDATE SET finding = excluded.finding, found_at = clock_timestamp()
                """).setParameter("id", activity.subjectId()).setParameter("finding", what).executeUpdate();
        discrepancies.add(claim.id(), List.of(Discrepancy.of(Discrepancy.Kind.UNAVAILABLE, "activity", activity.subjectId(),
                what, activity.conversation(), Check.ACTIVITIES)));
    }

    /** OpenPhone did not answer, however often it was asked: what is not known to be here does not count as here. */
    @Transactional(TxType.REQUIRES_NEW)
    void unanswered(VerificationClaim claim, Question question, OpenPhoneException.Unavailable e) {
        if (!verifications.renew(claim)) {
            return;
        }
        if (question instanceof Question.Conversation thread && thread.sampled()) {
            discrepancies.add(claim.id(), List.of(Discrepancy.of(Discrepancy.Kind.UNAVAILABLE, "conversation",
                    thread.conversation(), "It could not be compared with what v1 has. " + e.what(), thread.conversation(),
                    Check.WITNESS)));
            questions.answered(claim, question);
            return;
        }
        discrepancies.add(claim.id(), List.of(Discrepancy.of(Discrepancy.Kind.MISSING, question.kind(), question.subjectId(),
                "OpenPhone could not be asked whether it is here. " + e.what(), question.conversation(), switch (question) {
                    case Question.Activity activity -> Check.ACTIVITIES;
                    case Question.Conversation thread -> Check.ROWS;
                })));
        if (question instanceof Question.Conversation) {
            ledger.doubt(question.conversation(), true, true, null);
        }
        questions.answered(claim, question);
    }

    /** OpenPhone's own numbers, as this verification listed them. */
    @Transactional(TxType.REQUIRES_NEW)
    List<PhoneNumberDocument> numbers(VerificationClaim claim) {
        return discrepancies.numbers(claim.id());
    }

    /** Returns false when the verification is another worker's by now. */
    @Transactional(TxType.REQUIRES_NEW)
    boolean renew(VerificationClaim claim) {
        return verifications.renew(claim);
    }
}
