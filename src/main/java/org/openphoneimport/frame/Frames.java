package org.openphoneimport.frame;

import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.access.Who;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.WorkspaceNumbers;
import org.openphoneimport.status.WorkspaceOrganization;
import org.openphoneimport.status.WorkspaceViews;

import io.quarkus.security.identity.SecurityIdentity;

/** Makes what stands around every page. */
@ApplicationScoped
public class Frames {

    // A run may start elsewhere: another operator's, or the daily one.
    private static final int IDLE_SECONDS = 10;

    private static final int RETRY_SECONDS = 5;

    private final PageConfig config;
    private final WorkspaceNumbers numbers;
    private final WorkspaceOrganization organization;
    private final SecurityIdentity identity;
    private final WorkspaceViews view;

    Frames(PageConfig config, WorkspaceNumbers numbers, WorkspaceOrganization organization, SecurityIdentity identity,
            WorkspaceViews view) {
        this.view = view;
        this.config = config;
        this.numbers = numbers;
        this.organization = organization;
        this.identity = identity;
    }

    /** A page that keeps itself up to date. Called within a {@link Snapshot}. */
    public Frame live(String title) {
        return shared(title).seenBy(Who.of(identity));
    }

    /** The same for all viewers, and outside of requests. */
    public Frame shared(String title) {
        return new Frame(title, config.environment(), workspace(), "/icon.svg?tone=calm",
                IDLE_SECONDS, Who.NO_ONE, Frame.Files.ALL, Truth.of(view.read()));
    }

    /** A page that is read, and stays as it is. Called within a {@link Snapshot}. */
    public Frame reading(String title) {
        return new Frame(title, config.environment(), config.workspace().orElseGet(this::workspace), "/icon.svg?tone=calm", 0,
                Who.of(identity), Frame.Files.ALL, null);
    }

    /** A page that stays as it is and needs no database. */
    Frame still(String title) {
        return new Frame(title, config.environment(), config.workspace().orElse(""), "/icon.svg?tone=calm", 0,
                Who.of(identity), Frame.Files.ALL, null);
    }

    /** A page that needs no database, and tries by itself whether what is amiss has passed. */
    Frame retrying(String title) {
        return new Frame(title, config.environment(), config.workspace().orElse(""), "/icon.svg?tone=bad", RETRY_SECONDS,
                Who.of(identity), Frame.Files.ALL, null);
    }

    /** As it is configured, else as OpenPhone calls it; and whether it was paid for when that was last asked. */
    private String workspace() {
        var told = organization.current();
        return config.workspace().orElseGet(() -> told.name().isBlank() ? numbers() : told.name())
                + (told.expired() ? " (its subscription has expired)" : "");
    }

    /** Where OpenPhone has told no name, people know a workspace by its numbers. */
    private String numbers() {
        var oldest = numbers.oldest();
        return oldest.first().isEmpty() ? "no workspace yet"
                : oldest.first().stream().map(Format::phone).collect(Collectors.joining(", "))
                        + (oldest.more() > 0 ? " and " + oldest.more() + " more" : "");
    }
}
