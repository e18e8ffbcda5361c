package org.openphoneimport.listing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.directory.Contact;
import org.openphoneimport.directory.CustomField;
import org.openphoneimport.directory.DirectoryConfig;
import org.openphoneimport.directory.DirectoryTable;
import org.openphoneimport.directory.Presence;
import org.openphoneimport.directory.User;
import org.openphoneimport.document.Document;
import org.openphoneimport.document.OrganizationDocument;
import org.openphoneimport.document.TaskDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.DirectoryApi;
import org.openphoneimport.openphone.Generation;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;
import org.openphoneimport.run.EventLog;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.WorkspaceList;

/**
 * Lists who is who and what else the workspace holds, before the conversations. A run goes on without what OpenPhone does not
 * give, and says so. What v1 has is asked of v1, and of the API of 2026-03-30 where v1 refuses it.
 */
@ApplicationScoped
class DirectoryListing {

    private final OpenPhone openPhone;
    private final DirectoryApi api;
    private final NumberListing numbers;
    private final DirectoryPlan plan;
    private final DirectoryConfig config;
    private final ListingStore store;
    private final ListLedger listLedger;
    private final IssueLog issues;
    private final EventLog events;

    DirectoryListing(OpenPhone openPhone, DirectoryApi api, NumberListing numbers, DirectoryPlan plan, DirectoryConfig config,
            ListingStore store, ListLedger listLedger, IssueLog issues, EventLog events) {
        this.openPhone = openPhone;
        this.api = api;
        this.numbers = numbers;
        this.plan = plan;
        this.config = config;
        this.store = store;
        this.listLedger = listLedger;
        this.issues = issues;
        this.events = events;
    }

    /** Returns where the listing goes on; empty when it is another worker's by now. */
    Optional<ListingCheckpoint> readPage(ListingClaim claim, Caller caller, ListingCheckpoint place, Paging paging) {
        if (place.token() == null && plan.isFresh(claim, place.stage())) {
            return moved(claim, place, place.stage().next(), run -> {
                // It was read lately enough.
            });
        }
        return switch (place.stage()) {
            case USERS -> readEither(claim, caller, place, paging,
                    new OfBoth<>(openPhone::users, api::users, User::store));
            case CONTACTS -> readEither(claim, caller, place, paging,
                    new OfBoth<>(openPhone::contacts, api::contacts, Contact::store));
            case CUSTOM_FIELDS -> readCustomFields(claim, caller, place);
            case TASKS -> readTasks(claim, caller, place, paging);
            case ORGANIZATION -> readOrganization(claim, caller, place);
            case NUMBERS -> numbers.readNext(claim, caller, place);
            case API, EVERYTHING, GAP, WITNESS, CUT, DONE ->
                throw new IllegalArgumentException(place.stage() + " lists no directory");
        };
    }

    /** Goes on without one of the lists, or without one number. */
    Optional<ListingCheckpoint> skip(ListingClaim claim, ListingCheckpoint place, OpenPhoneException reason) {
        if (place.stage() == ListingStage.NUMBERS) {
            return numbers.skip(claim, place, reason);
        }
        if (place.confirms()) {
            return goOnUnconfirmed(claim, place, reason);
        }
        if (place.stage() == ListingStage.ORGANIZATION && claim.generation() == Generation.V1
                && reason instanceof OpenPhoneException.Unavailable) {
            return goOnWithoutDated(claim, place, reason);
        }
        var list = place.stage().text().replace('_', ' ');
        return store.skip(claim, place, Issue.error("directory", "list", list,
                "The %s could not be read. %s".formatted(list, reason.what()), reason.request()),
                reason instanceof OpenPhoneException.Rejected refusal && refusal.isRefusal() ? refusal.what() : null);
    }

    /** v1 alone has them: where it is gone altogether they cannot be had, and nothing is waited for. */
    private Optional<ListingCheckpoint> readCustomFields(ListingClaim claim, Caller caller, ListingCheckpoint place) {
        try {
            return store(claim, place, openPhone.customFields(caller), CustomField::store, CustomField::noteAbsent,
                    "contact_custom_fields");
        } catch (OpenPhoneException.Unavailable e) {
            if (claim.generation() == Generation.V1 || !e.isBetween() || !isRetired(caller)) {
                throw e;
            }
            return store.skip(claim, place, Issue.error("directory", "list", "custom fields",
                    "The custom fields could not be read: only v1 has them. " + e.what(), e.request()), e.what());
        }
    }

    private boolean isRetired(Caller caller) {
        try {
            openPhone.users(caller, null);
            return false;
        } catch (OpenPhoneException.Unavailable e) {
            return e.isBetween() && openPhone.isThere(caller);
        } catch (OpenPhoneException.Rejected e) {
            return false;
        }
    }

    private Optional<ListingCheckpoint> readTasks(ListingClaim claim, Caller caller, ListingCheckpoint place,
            Paging paging) {
        if (plan.leftOut(claim.onlyV1(), WorkspaceList.TASKS).isPresent()) {
            return leaveOut(claim, place, List.of(WorkspaceList.TASKS), place.stage().next());
        }
        var first = first(claim, place);
        return readEither(claim, caller, place, paging,
                new OfBoth<TaskDocument>((each, token) -> api.tasks(each, first, token),
                        (each, token) -> api.tasks(each, first.other(), token), DirectoryTable.TASKS::store));
    }

    /** The first thing that is asked of the API of 2026-03-30: where it is not there at all, nothing more is asked of it. */
    private Optional<ListingCheckpoint> readOrganization(ListingClaim claim, Caller caller, ListingCheckpoint place) {
        if (claim.onlyV1()) {
            return leaveOut(claim, place, WorkspaceList.ofDated(), ListingStage.EVERYTHING);
        }
        if (plan.leftOut(claim.onlyV1(), WorkspaceList.ORGANIZATION).isPresent()) {
            return leaveOut(claim, place, List.of(WorkspaceList.ORGANIZATION), place.stage().next());
        }
        try {
            return store(claim, place, api.organization(caller), this::storeOrganization,
                    DirectoryTable.ORGANIZATION::noteAbsent, "organization");
        } catch (OpenPhoneException.Unavailable e) {
            if (!e.isBetween() || !openPhone.isThere(caller)) {
                throw e;
            }
            return goOnWithoutDated(claim, place, e);
        } catch (OpenPhoneException.KeyRefused e) {
            if (claim.generation() == Generation.DATED) {
                throw e;
            }
            return goOnWithoutDated(claim, place, e);
        }
    }

    private void storeOrganization(List<OrganizationDocument> organizations, UUID run) {
        DirectoryTable.ORGANIZATION.store(organizations, run);
        issues.add(run, organizations.stream().filter(OrganizationDocument::hasExpired)
                .map(expired -> Issue.warning("directory", "organization", expired.id(),
                        "The workspace's subscription has expired, so OpenPhone may refuse everything from one moment to the next. "
                                + "Let this run end with its files, or renew the subscription",
                        null))
                .toList());
    }

    /**
     * Goes on without all that only the API of 2026-03-30 has. If it does not answer, which v1 shows to be no outage of
     * OpenPhone, that is no refusal: the lists have not been read, and the next run asks again.
     */
    private Optional<ListingCheckpoint> goOnWithoutDated(ListingClaim claim, ListingCheckpoint place,
            OpenPhoneException reason) {
        boolean refused = !(reason instanceof OpenPhoneException.Unavailable unanswered) || unanswered.isBetween();
        return moved(claim, place, ListingStage.EVERYTHING, run -> {
            var found = new ArrayList<Issue>();
            for (var list : WorkspaceList.ofDated()) {
                var leftOut = plan.leftOut(claim.onlyV1(), list);
                listLedger.leaveOut(list, leftOut.orElse(null));
                if (leftOut.isEmpty()) {
                    var what = "The %s could not be read: only the API of 2026-03-30 has them. %s".formatted(list.words(),
                            reason.what());
                    if (refused) {
                        listLedger.refuseList(list, reason.what());
                        found.add(Issue.error("directory", "list", list.words(), what, reason.request()));
                    } else {
                        found.add(Issue.warning("directory", "list", list.words(), what, reason.request()));
                    }
                }
            }
            issues.add(run, found);
        });
    }

    /** What the first API listed counts. What only the other has ever listed may still be on its list. */
    private Optional<ListingCheckpoint> goOnUnconfirmed(ListingClaim claim, ListingCheckpoint place,
            OpenPhoneException reason) {
        return moved(claim, place, place.stage().next(), run -> {
            Presence.noteAbsent(place.stage().text(), run, EnumSet.of(first(claim, place)));
            listLedger.leaveOut(list(place), null);
            // A refusal lasts; one that did not answer is asked again by the next run.
            listLedger.addDirectory(run, list(place), place.stage().text(),
                    reason instanceof OpenPhoneException.Rejected ? config.listsAge() : Duration.ZERO, reason.what());
            events.add(run, EventLog.Level.WARNING, "directory",
                    "Only one API gave the %s. %s".formatted(list(place).words(), reason.what()));
        });
    }

    private static WorkspaceList list(ListingCheckpoint place) {
        return WorkspaceList.valueOf(place.stage().name());
    }

    private Optional<ListingCheckpoint> leaveOut(ListingClaim claim, ListingCheckpoint place, List<WorkspaceList> lists,
            ListingStage next) {
        return moved(claim, place, next, run -> plan.noteLeftOut(claim.onlyV1(), lists));
    }

    private Optional<ListingCheckpoint> moved(ListingClaim claim, ListingCheckpoint place, ListingStage next,
            Consumer<UUID> andThen) {
        return store.moveAnd(claim, place, new ListingCheckpoint(next, null), andThen);
    }

    /**
     * A list that both APIs have, in the table of its stage's name.
     *
     * @param one as the API gives it that is asked first
     */
    private record OfBoth<T extends Document>(EitherGeneration.Pages<T> one, EitherGeneration.Pages<T> other,
            BiConsumer<List<T>, UUID> rows) {
    }

    /** Which API is asked first for a list that both have. */
    private static Generation first(ListingClaim claim, ListingCheckpoint place) {
        return place.stage() == ListingStage.TASKS ? claim.generation() : Generation.V1;
    }

    /** Of a list that confirms another only what that did not show is stored: both say the same, but not always as much. */
    private <T extends Document> Optional<ListingCheckpoint> readEither(ListingClaim claim, Caller caller,
            ListingCheckpoint place, Paging paging, OfBoth<T> list) {
        var answer = either(claim, caller, place, list);
        var table = place.stage().text();
        var first = first(claim, place);
        var by = answer.ofOther() ? first.other() : first;
        var lists = place.confirms() ? EnumSet.allOf(Generation.class) : EnumSet.of(by);
        return store(claim, place, paging.check(answer.page()), (items, run) -> {
            list.rows().accept(place.confirms() ? Presence.unlisted(table, items, run) : items, run);
            Presence.noteListed(table, items, by);
        }, run -> Presence.noteAbsent(table, run, lists), table);
    }

    private static <T extends Document> EitherGeneration.Answer<T> either(ListingClaim claim, Caller caller,
            ListingCheckpoint place, OfBoth<T> list) {
        if (claim.asksBoth()) {
            return EitherGeneration.readBoth(caller, place.token(), list.one(), list.other());
        }
        return EitherGeneration.read(caller, place.token(), list.one(), claim.onlyV1() ? null : list.other());
    }

    private <T> Optional<ListingCheckpoint> store(ListingClaim claim, ListingCheckpoint place, Page<T> page,
            BiConsumer<List<T>, UUID> rows, Consumer<UUID> noteAbsent, String table) {
        return store.store(claim, place, page, (items, run) -> {
            rows.accept(items, run);
            if (page.nextToken() == null) {
                noteAbsent.accept(run);
                listLedger.leaveOut(list(place), null);
                listLedger.addDirectory(run, list(place), table, config.listsAge(), unconfirmed(claim, place));
            }
        });
    }

    /** A list that both have ends with what confirms it, unless only one gave it. */
    private static @Nullable String unconfirmed(ListingClaim claim, ListingCheckpoint place) {
        return claim.witness() == null || place.confirms() || !place.stage().isOfBoth() ? null
                : claim.asksBoth() ? "One of the two APIs refuses it" : "The API of 2026-03-30 could not be used";
    }
}
