package org.openphoneimport.keep;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.CallPart;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.media.MediaReopening;
import org.openphoneimport.run.ClearingException;
import org.openphoneimport.run.ClearingLock;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunStatus;
import org.openphoneimport.run.Runs;
import org.openphoneimport.start.KeyCheck;
import org.openphoneimport.verification.Acceptance;
import org.openphoneimport.verification.Repair;
import org.openphoneimport.verification.Verifier;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** What an operator can do with a run. All of it takes effect at the next page that a worker wants to read. */
@ApplicationScoped
public class Actions {

    /** One that is completed may have been refused something. */
    private static final Set<RunStatus> RETRIABLE = Collections
            .unmodifiableSet(EnumSet.of(RunStatus.FAILED, RunStatus.COMPLETED));

    private final Runs runs;
    private final FailedWork failed;
    private final Keeper keeper;
    private final MediaReopening media;
    private final Verifier verifier;
    private final Repair repair;
    private final Acceptance acceptance;
    private final ClearingLock clearing;
    private final KeyCheck key;

    Actions(Runs runs, FailedWork failed, Keeper keeper, MediaReopening media, Verifier verifier, Repair repair,
            Acceptance acceptance, ClearingLock clearing, KeyCheck key) {
        this.runs = runs;
        this.failed = failed;
        this.keeper = keeper;
        this.media = media;
        this.verifier = verifier;
        this.repair = repair;
        this.acceptance = acceptance;
        this.clearing = clearing;
        this.key = key;
    }

    /** Stops a running run for now. */
    public void pause(UUID run) {
        change(run, EnumSet.of(RunStatus.RUNNING), RunStatus.PAUSED, "Paused by an operator");
    }

    /**
     * Goes on with a paused run. Records of a run that stands still were dropped, so all its open batches are sent again; a
     * duplicate costs a claim only.
     */
    public void resume(UUID run) {
        requireIn(EnumSet.of(RunStatus.PAUSED), run, RunStatus.RUNNING);
        requireKey(run);
        QuarkusTransaction.requiringNew().run(() -> {
            failed.forgetRecords(run);
            change(run, EnumSet.of(RunStatus.PAUSED), RunStatus.RUNNING, null);
        });
        keeper.keep();
    }

    /** Gives a run up for good. */
    public void cancel(UUID run) {
        change(run, RunStatus.CANCELLED.predecessors(), RunStatus.CANCELLED, "Cancelled by an operator");
        // By itself: the run's workers lock these first, and the run last.
        QuarkusTransaction.requiringNew().run(() -> DirectoryParts.keepAnswers(run));
        QuarkusTransaction.requiringNew().run(() -> CallPart.keepAnswers(run));
    }

    /** Tries everything again that is missing or was refused, in a run that has failed, or is completed but for that. */
    public void retry(UUID run) {
        requireNoOtherActive(run);
        requireNotCleared(require(run));
        var status = requireIn(RETRIABLE, run, RunStatus.RUNNING);
        requireKey(run);
        QuarkusTransaction.requiringNew().run(() -> {
            requireNoClearing();
            int reopened = failed.reopenAll(run) + media.reopenFailed(run);
            failed.forgetRecords(run);
            change(run, RETRIABLE, RunStatus.RUNNING, null);
            if (status == RunStatus.COMPLETED && reopened == 0) {
                throw new ActionRefusedException(
                        "Nothing has failed in the run and nothing was refused, so nothing can be tried again",
                        false);
            }
        });
        keeper.keep();
    }

    /**
     * Accepts that what the last verification of a run found to be unavailable is not here.
     *
     * @param ids what of it; all where it is empty
     * @param by the operator's name
     * @param reason the operator's word why
     */
    public void accept(UUID run, Collection<String> ids, String by, String reason) {
        require(run);
        var verdict = verifier.lastVerdict(run)
                .orElseThrow(() -> new ActionRefusedException("The run has not been verified yet", false));
        var others = acceptance.notUnavailable(verdict.id(), ids);
        if (!others.isEmpty()) {
            throw new ActionRefusedException("Only what is unavailable can be accepted, and %s is not: nothing was accepted"
                    .formatted(String.join(", ", others.subList(0, Math.min(others.size(), 5)))), false);
        }
        if (acceptance.accept(run, verdict.id(), ids, by, reason) == 0) {
            throw new ActionRefusedException("Nothing is unavailable in this run, so there is nothing to accept", false);
        }
    }

    /** Tries again what one issue of a run is about; the run may be running or have failed. */
    public void retryIssue(UUID run, long issue) {
        requireNotCleared(require(run));
        var status = require(run).status();
        var file = QuarkusTransaction.requiringNew().call(() -> failed.filesOf(run, List.of(issue)));
        if (!file.isEmpty()) {
            retryFile(run, status, file.getFirst());
            return;
        }
        reopen(run, List.of(issue), List.of(), "Issue " + issue + " names nothing that could be read again");
    }

    /** The same for several of them, files among them. */
    public void retryIssues(UUID run, Collection<Long> issues) {
        requireNotCleared(require(run));
        var files = QuarkusTransaction.requiringNew().call(() -> failed.filesOf(run, issues));
        reopen(run, issues, files, "None of these names anything that could be read again");
    }

    private void reopen(UUID run, Collection<Long> issues, List<String> files, String nothing) {
        requireRetriable(require(run).status());
        requireNoOtherActive(run);
        requireKey(run);
        QuarkusTransaction.requiringNew().run(() -> {
            requireNoClearing();
            long fetched = files.stream().filter(file -> media.reopenFile(run, file)).count();
            int reopened = failed.reopen(run, issues);
            if (reopened + fetched == 0) {
                throw new ActionRefusedException(nothing, false);
            }
            // It may have come to its end meanwhile.
            var now = runs.lock(run);
            requireRetriable(now);
            // Files are fetched beside a run that has ended.
            if (now != RunStatus.RUNNING && reopened > 0) {
                change(run, RETRIABLE, RunStatus.RUNNING, null);
            }
        });
        keeper.keep();
    }

    /** Files are tried beside the run, which need not be running for it. */
    private void retryFile(UUID run, RunStatus status, String file) {
        if (status == RunStatus.PAUSED || status == RunStatus.CANCELLED) {
            throw new ActionRefusedException("Nothing can be tried again while the run is " + status.text(), false);
        }
        if (!media.reopenFile(run, file)) {
            throw new ActionRefusedException("File " + file + " is here already, or being downloaded", false);
        }
        keeper.keep();
    }

    /**
     * Has a run that has ended verified; that changes no run.
     *
     * @param complete whether everything is read again and compared
     */
    public void verify(UUID run, boolean complete) {
        requireEnded(run, "verified");
        requireNoOtherActive(run);
        requireKey(run);
        QuarkusTransaction.requiringNew().run(() -> {
            requireNoClearing();
            verifier.begin(run, complete, false);
        });
        verifier.goOnLater();
    }

    /** Imports what the last verification of a run found to be missing or different, and verifies again. */
    public void repair(UUID run) {
        var status = requireEnded(run, "repaired");
        requireNoOtherActive(run);
        var verdict = verifier.lastVerdict(run)
                .orElseThrow(() -> new ActionRefusedException("The run has not been verified yet", false));
        if (verdict.clean()) {
            throw new ActionRefusedException("Nothing was missing or different when the run was last verified", false);
        }
        requireKey(run);
        QuarkusTransaction.requiringNew().run(() -> {
            requireNoClearing();
            change(run, EnumSet.of(status), RunStatus.RUNNING, null);
            boolean slices = failed.reopenSlices(run);
            if (!repair.begin(run, verdict.id(), verdict.disagreement() != null, true) && !slices) {
                throw new ActionRefusedException("Nothing of what was found can be repaired by importing it", false);
            }
        });
        keeper.keep();
    }

    private RunStatus requireEnded(UUID run, String what) {
        requireNotCleared(require(run));
        var status = require(run).status();
        if (status != RunStatus.COMPLETED && status != RunStatus.FAILED) {
            throw new ActionRefusedException("The run is %s; only one that is completed or failed can be %s"
                    .formatted(status.text(), what), false);
        }
        return status;
    }

    /** The status that a run has now, such as {@code paused}. */
    public String status(UUID run) {
        return require(run).status;
    }

    /** What it has imported is gone: what it could still bring would stand alone. */
    private static void requireNotCleared(Run run) {
        if (run.clearedAt != null) {
            throw new ActionRefusedException("What run %s imported has been cleared; start a new one".formatted(run.id), false);
        }
    }

    private static void requireRetriable(RunStatus status) {
        if (status != RunStatus.RUNNING && !RETRIABLE.contains(status)) {
            throw new ActionRefusedException("Nothing can be tried again while the run is " + status.text(), false);
        }
    }

    private void change(UUID run, Set<RunStatus> from, RunStatus to, @Nullable String reason) {
        var status = require(run).status();
        if (!runs.change(run, from, to, reason)) {
            throw refused(status, from, to);
        }
    }

    /** Before anything is locked that the workers of a run hold, which lock the run last. */
    private static RunStatus requireIn(Set<RunStatus> from, UUID run, RunStatus to) {
        var status = require(run).status();
        if (!from.contains(status)) {
            throw refused(status, from, to);
        }
        return status;
    }

    private static ActionRefusedException refused(RunStatus status, Set<RunStatus> from, RunStatus to) {
        return new ActionRefusedException("The run is %s; only one that is %s can become %s".formatted(status.text(),
                from.stream().sorted().map(RunStatus::text).collect(Collectors.joining(" or ")), to.text()), false);
    }

    /** A run must not go on with another workspace's key. */
    private void requireKey(UUID run) {
        require(run);
        // What the key is compared with may be locked.
        QuarkusTransaction.requiringNew().run(this::requireNoClearing);
        key.obstacle().ifPresent(what -> {
            throw new ActionRefusedException(what, false);
        });
    }

    /** Before anything is touched that clearing has locked: it may have to wait for hours. */
    private void requireNoClearing() {
        try {
            clearing.requireShared();
        } catch (ClearingException e) {
            throw new ActionRefusedException(e.what(), false);
        }
    }

    private static void requireNoOtherActive(UUID run) {
        QuarkusTransaction.requiringNew().call(Run::active).filter(active -> !active.id.equals(run)).ifPresent(active -> {
            throw new ActionRefusedException("Run " + active.id + " is active; wait for its end or cancel it", false);
        });
    }

    private static Run require(UUID run) {
        return QuarkusTransaction.requiringNew().call(() -> Run.withId(run))
                .orElseThrow(() -> new ActionRefusedException("There is no run " + run, true));
    }
}
