package org.openphoneimport.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.pace.Precedents;
import org.openphoneimport.prospect.Outlook;
import org.openphoneimport.prospect.Outlooks;
import org.openphoneimport.prospect.Prospect;
import org.openphoneimport.prospect.Prospects;
import org.openphoneimport.run.Run;
import org.openphoneimport.status.SharedConfig;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.WorkspaceOrganization;

import io.quarkus.security.identity.SecurityIdentity;

/** Reads the page before a start. It stays as it is: an operator reads it and presses. */
@ApplicationScoped
class StartPages {

    // Half a minute, by default: it costs requests.
    private static final int MOMENTS = 30;
    // Ten minutes: it costs many.
    private static final int MOMENTS_OF_OUTLOOK = 600;

    private final Snapshot snapshot;
    private final Frames frames;
    private final Prospects prospects;
    private final Outlooks outlooks;
    private final Precedents precedents;
    private final WorkspaceOrganization organization;
    private final SecurityIdentity identity;
    private final OpenPhoneConfig openPhone;
    private final Clock clock;
    private final Duration fresh;
    private final Duration freshOutlook;

    private volatile @Nullable Asked asked;
    private volatile @Nullable Foreseen foreseen;

    StartPages(Snapshot snapshot, Frames frames, Prospects prospects, Outlooks outlooks, Precedents precedents,
            WorkspaceOrganization organization, SecurityIdentity identity, SharedConfig config, OpenPhoneConfig openPhone,
            Clock clock) {
        this.clock = clock;
        this.fresh = config.moment().multipliedBy(MOMENTS);
        this.freshOutlook = config.moment().multipliedBy(MOMENTS_OF_OUTLOOK);
        this.snapshot = snapshot;
        this.frames = frames;
        this.prospects = prospects;
        this.outlooks = outlooks;
        this.precedents = precedents;
        this.organization = organization;
        this.identity = identity;
        this.openPhone = openPhone;
    }

    /**
     * OpenPhone is asked for operators only, and not while a run needs the requests.
     *
     * @param more whether to wait for what takes it some seconds
     */
    StartPage of(StartForm form, boolean more) {
        boolean canStart = snapshot.read(() -> Run.active().isEmpty());
        var prospect = canStart && Who.of(identity).operator() ? prospect() : null;
        var outlook = prospect == null || prospect.obstacle() != null ? null : outlook(prospect, more);
        return snapshot.read(() -> StartPage.of(frames.live("Before the start").still(), form, canStart,
                new StartPage.Known(prospect, outlook,
                        precedents.of(form.reconciliation() ? "reconciliation" : "historical").orElse(null),
                        organization.current(), openPhone.api() == OpenPhoneConfig.Api.AUTO, openPhone.rate().perSecond())));
    }

    private record Foreseen(Instant at, Outlook outlook) {
    }

    private @Nullable Outlook outlook(Prospect prospect, boolean more) {
        var last = foreseen;
        if (last != null && last.at().plus(freshOutlook).isAfter(clock.instant())) {
            return last.outlook();
        }
        if (!more) {
            return null;
        }
        var outlook = outlooks.look(prospect.numbers());
        // What keeps it from being known may pass.
        foreseen = outlook.obstacle() == null ? new Foreseen(clock.instant(), outlook) : null;
        return outlook;
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
