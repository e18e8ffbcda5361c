package org.openphoneimport.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.pace.Precedents;
import org.openphoneimport.run.Run;
import org.openphoneimport.start.Prospect;
import org.openphoneimport.start.Prospects;
import org.openphoneimport.status.SharedConfig;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.WorkspaceOrganization;

import io.quarkus.security.identity.SecurityIdentity;

/** Reads the page before a start. It stays as it is: an operator reads it and presses. */
@ApplicationScoped
class StartPages {

    // Half a minute, by default: it costs requests.
    private static final int MOMENTS = 30;

    private final Snapshot snapshot;
    private final Frames frames;
    private final Prospects prospects;
    private final Precedents precedents;
    private final WorkspaceOrganization organization;
    private final SecurityIdentity identity;
    private final Clock clock;
    private final Duration fresh;

    private volatile @Nullable Asked asked;

    StartPages(Snapshot snapshot, Frames frames, Prospects prospects, Precedents precedents, WorkspaceOrganization organization,
            SecurityIdentity identity,
            SharedConfig config, Clock clock) {
        this.clock = clock;
        this.fresh = config.moment().multipliedBy(MOMENTS);
        this.snapshot = snapshot;
        this.frames = frames;
        this.prospects = prospects;
        this.precedents = precedents;
        this.organization = organization;
        this.identity = identity;
    }

    /** OpenPhone is asked for operators only, and not while a run needs the requests. */
    StartPage of(StartForm form) {
        boolean canStart = snapshot.read(() -> Run.active().isEmpty());
        var prospect = canStart && Who.of(identity).operator() ? prospect() : null;
        return snapshot.read(() -> StartPage.of(frames.live("Before the start").still(), form, canStart, prospect,
                precedents.of(form.reconciliation() ? "reconciliation" : "historical").orElse(null), organization.current()));
    }

    private record Asked(Instant at, Prospect prospect) {
    }

    /** What was found a moment ago is not asked for again; what keeps a run from starting may have been mended. */
    private Prospect prospect() {
        var now = clock.instant();
        var last = asked;
        if (last != null && last.prospect().obstacle() == null && last.at().plus(fresh).isAfter(now)) {
            return last.prospect();
        }
        var prospect = prospects.look();
        asked = new Asked(now, prospect);
        return prospect;
    }
}
