package org.openphoneimport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.conversation.Conversation;
import org.openphoneimport.document.ConversationDocument;
import org.openphoneimport.invocation.Functions;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.ConversationLists;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.openphone.Stop;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.ImportConfig;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Finds out whether what is stored equals what OpenPhone has. It lists all conversations, asks for what the comparison leaves
 * in doubt, and concludes. It takes minutes, so it goes on where it stands whenever it is invoked. It changes nothing but marks
 * of absence, and stores what it was given by its id ({@link FoundActivities}). What it finds missing is brought by
 * {@link Repair}, through the same readers as an import.
 */
@ApplicationScoped
public class Verifier {

    private static final Logger LOG = Logger.getLogger(Verifier.class);

    // One may be a slip, three in a row are not believed.
    private static final int EMPTY_LISTS = 3;

    // Our clock may be ahead of OpenPhone's; asking for too much costs a page at most.
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final OpenPhone openPhone;
    private final ConversationLists lists;
    private final Verifications verifications;
    private final Questions questions;
    private final Inquiry inquiry;
    private final FileCheck files;
    private final Conclusion conclusion;
    private final ImportConfig config;
    private final Functions functions;
    private final EventLog events;

    Verifier(OpenPhone openPhone, ConversationLists lists, Verifications verifications, Questions questions, Inquiry inquiry,
            FileCheck files,
            Conclusion conclusion, ImportConfig config, Functions functions, EventLog events) {
        this.openPhone = openPhone;
        this.lists = lists;
        this.verifications = verifications;
        this.questions = questions;
        this.inquiry = inquiry;
        this.files = files;
        this.conclusion = conclusion;
        this.config = config;
        this.functions = functions;
        this.events = events;
    }

    /**
     * Begins to verify a run, unless that is being done; the work goes on in an invocation of its own.
     *
     * @param complete whether everything is read again, instead of what is in doubt
     * @param endsRun whether the result ends the run
     */
    public void begin(UUID run, boolean complete, boolean endsRun) {
        verifications.begin(run, complete, endsRun);
    }

    /** Invokes keep-runs for each verification without a live lease. */
    public void goOnLater() {
        verifications.idle().forEach(id -> functions.invokeLater("keep-runs", Map.of("verificationId", id)));
    }

    /** Goes on where a verification stands, unless another worker holds it. */
    public void goOn(long id, Instant deadline) {
        var claim = verifications.claim(id);
        if (claim.isEmpty()) {
            LOG.infof("Verification %d has ended, or another worker holds it", id);
            return;
        }
        if (claim.get().attempts() > config.maxAttempts()) {
            conclusion.giveUp(claim.get(), "Its worker died " + config.maxAttempts() + " times");
            return;
        }
        // A run that has ended sends no requests; its verification by hand does.
        var caller = new Caller(claim.get().endsRun() ? claim.get().run() : null, deadline);
        try {
            verify(claim.get(), caller);
        } catch (StoreAwayException e) {
            waitForStore(claim.get(), e);
        } catch (RuntimeException e) {
            stop(claim.get(), Stop.of(e));
        }
    }

    private void stop(VerificationClaim claim, Stop stop) {
        switch (stop) {
            case Stop.RunStopped() -> verifications.drop(claim);
            case Stop.OutOfTime() -> {
                verifications.release(claim);
                functions.invokeLater("keep-runs", Map.of("verificationId", claim.id()));
            }
            case Stop.Wait wait -> {
                // keep-runs goes on with it.
                verifications.rest(claim, 0);
                events.add(claim.run(), EventLog.Level.WARNING, "wait",
                        "The verification waits, at most a minute: " + wait.why());
            }
            case Stop.KeyRefused(String why) -> conclusion.giveUp(claim, why);
            case Stop.Rejected(String why) -> conclusion.giveUp(claim, why);
        }
    }

    /** Some minutes. A file that cannot be looked for is not missing, but it is not known to be here either. */
    private void waitForStore(VerificationClaim claim, StoreAwayException e) {
        if (claim.attempts() >= config.maxAttempts()) {
            conclusion.giveUp(claim, e.what());
            return;
        }
        verifications.rest(claim, claim.attempts());
        events.add(claim.run(), EventLog.Level.WARNING, "wait", "The verification waits, at most a minute: " + e.what());
    }

    private void verify(VerificationClaim claim, Caller caller) {
        Optional<VerificationCheckpoint> place = Optional.of(claim.place());
        var paging = new Paging();
        while (place.isPresent() && place.get().stage() != VerificationCheckpoint.Stage.DONE) {
            var at = place.get();
            try {
                place = step(claim, caller, at, paging);
            } catch (OpenPhoneException.Rejected e) {
                if (!paging.beginsAgain(e, at.token(), at.stage())) {
                    throw e;
                }
                place = verifications.move(claim, at, VerificationCheckpoint.at(at.stage()));
            }
            if (place.isPresent() && place.get().stage() != at.stage()) {
                paging = new Paging();
            }
        }
        if (place.isEmpty()) {
            LOG.warnf("Verification %d is another worker's by now, or waits", claim.id());
        }
    }

    private Optional<VerificationCheckpoint> step(VerificationClaim claim, Caller caller, VerificationCheckpoint at,
            Paging paging) {
        return switch (at.stage()) {
            case NUMBERS -> verifications.storeNumbers(claim, openPhone.phoneNumbers(caller).items());
            case LISTING -> verifications.storeListed(claim, at, claim.lister(), paging.check(listed(claim, caller, at)));
            case GAP ->
                verifications.storeListed(claim, at, claim.lister(), paging.check(lists.updatedSince(claim.lister(), caller,
                        listedFrom(claim).minus(CLOCKS_DIFFER), at.token())));
            case WITNESS -> claim.witness() == null ? verifications.move(claim, at, at.after(null))
                    : verifications.storeListed(claim, at, claim.lister().other(),
                            paging.check(lists.all(claim.lister().other(), caller, at.token())));
            case DOUBTS -> questions.write(claim, at);
            case QUESTIONS -> {
                inquiry.ask(claim, caller);
                files.check(claim, caller.deadline());
                yield verifications.move(claim, at, VerificationCheckpoint.at(VerificationCheckpoint.Stage.CONCLUSION));
            }
            case CONCLUSION -> conclusion.conclude(claim, at);
            case DONE -> Optional.of(at);
        };
    }

    /** A list without any conversation would have all that are stored marked as absent. */
    private Page<ConversationDocument> listed(VerificationClaim claim, Caller caller, VerificationCheckpoint at) {
        for (int tries = 1;; tries++) {
            var page = lists.all(claim.lister(), caller, at.token());
            if (at.token() != null || page.nextToken() != null || !page.items().isEmpty()
                    || QuarkusTransaction.requiringNew().call(Conversation::countPresent) == 0) {
                return page;
            }
            if (tries == EMPTY_LISTS) {
                throw OpenPhoneException.implausible(page.request(),
                        "OpenPhone lists no conversations, though some are stored");
            }
        }
    }

    private Instant listedFrom(VerificationClaim claim) {
        return claim.listedFrom() == null ? verifications.listedFrom(claim.id()) : claim.listedFrom();
    }

    /** What the verification that ends a run found; null when it has not ended. */
    public @Nullable Verdict verdictOfEnd(UUID run) {
        return conclusion.verdictOfEnd(run);
    }

    /** What the last verification of a run found; empty when it has not ended, or there was none. */
    public Optional<Verdict> lastVerdict(UUID run) {
        return conclusion.lastVerdict(run);
    }
}
