package org.openphoneimport.keep;

import java.time.Clock;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.batch.DeadLetters;
import org.openphoneimport.checklist.Checklist;
import org.openphoneimport.media.MediaRemoval;
import org.openphoneimport.media.MediaSender;
import org.openphoneimport.notice.Courier;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.reading.LateParts;
import org.openphoneimport.run.Run;
import org.openphoneimport.verification.Verifier;

import io.quarkus.narayana.jta.QuarkusTransaction;

/** Keeps everything going after workers died. Two at once do no harm: each step is a guarded change. */
@ApplicationScoped
public class Keeper {

    // For requests that no run waits for: what is not sent now is sent in some minutes.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TaskLeases leases;
    private final DeadLetters deadLetters;
    private final MediaSender media;
    private final MediaRemoval removal;
    private final RunKeeper runs;
    private final Verifier verifier;
    private final Checklist checklist;
    private final Announcements announcements;
    private final LateParts lateParts;
    private final Courier courier;
    private final Clock clock;

    Keeper(TaskLeases leases, DeadLetters deadLetters, MediaSender media, MediaRemoval removal, RunKeeper runs,
            Verifier verifier, Checklist checklist, Announcements announcements, LateParts lateParts, Courier courier,
            Clock clock) {
        this.leases = leases;
        this.deadLetters = deadLetters;
        this.media = media;
        this.removal = removal;
        this.runs = runs;
        this.verifier = verifier;
        this.checklist = checklist;
        this.announcements = announcements;
        this.lateParts = lateParts;
        this.courier = courier;
        this.clock = clock;
    }

    /** Does what is due. */
    public void keep() {
        leases.alone("dead letters", deadLetters::move);
        leases.alone("media", media::sendDue);
        leases.alone("cleared files", removal::deleteNoted);
        QuarkusTransaction.requiringNew().call(Run::active).ifPresent(runs::keep);
        verifier.goOnLater();
        leases.alone("checklist", checklist::undo);
        leases.alone("late parts", () -> lateParts.ask(new Caller(null, clock.instant().plus(PATIENCE))));
    }

    /** Tells others. Only keep-runs does: other functions keep things going as well, but do not know who is to be told. */
    void tell() {
        leases.alone("announce", announcements::announce);
        leases.alone("notices", courier::deliver);
    }
}
