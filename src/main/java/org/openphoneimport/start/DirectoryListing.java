package org.openphoneimport.start;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.directory.Contact;
import org.openphoneimport.directory.CustomField;
import org.openphoneimport.directory.User;
import org.openphoneimport.openphone.Advance;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.Ledger;
import org.openphoneimport.run.Ledger.WorkspaceList;

/** Lists who is who, before the conversations. A run goes on without what OpenPhone does not give, and says so. */
@ApplicationScoped
class DirectoryListing {

    private final OpenPhone openPhone;
    private final ListingStore store;
    private final Ledger ledger;

    DirectoryListing(OpenPhone openPhone, ListingStore store, Ledger ledger) {
        this.openPhone = openPhone;
        this.store = store;
        this.ledger = ledger;
    }

    /** Returns where the listing goes on; empty when it is another worker's by now. */
    Optional<ListingStore.Place> readPage(ListingStore.Claim claim, Caller caller, ListingStore.Place place, Advance advance) {
        return switch (place.stage()) {
            case USERS -> store(claim, place, advance.check(openPhone.users(caller, place.token())), User::store,
                    User::noteAbsent);
            case CONTACTS -> store(claim, place, advance.check(openPhone.contacts(caller, place.token())), Contact::store,
                    Contact::noteAbsent);
            case CUSTOM_FIELDS -> store(claim, place, openPhone.customFields(caller), CustomField::store,
                    CustomField::noteAbsent);
            case API, EVERYTHING, GAP, WITNESS, CUT, DONE ->
                throw new IllegalArgumentException(place.stage() + " lists no directory");
        };
    }

    private static String table(ListingStage stage) {
        return switch (stage) {
            case USERS -> "users";
            case CONTACTS -> "contacts";
            case CUSTOM_FIELDS -> "contact_custom_fields";
            case API, EVERYTHING, GAP, WITNESS, CUT, DONE -> throw new IllegalArgumentException(stage + " lists no directory");
        };
    }

    /** Goes on without one of the lists. */
    Optional<ListingStore.Place> skip(ListingStore.Claim claim, ListingStore.Place place, OpenPhoneException reason) {
        var list = place.stage().text().replace('_', ' ');
        return store.skip(claim, place, Issue.error("directory", "list", list,
                "The %s could not be read. %s".formatted(list, reason.what()), reason.request()),
                reason instanceof OpenPhoneException.Rejected refusal && refusal.isRefusal() ? refusal.what() : null);
    }

    private <T> Optional<ListingStore.Place> store(ListingStore.Claim claim, ListingStore.Place place, Page<T> page,
            BiConsumer<List<T>, UUID> rows, Consumer<UUID> atTheEnd) {
        return store.store(claim, place, page, (items, run) -> {
            rows.accept(items, run);
            if (page.nextToken() == null) {
                atTheEnd.accept(run);
                ledger.addDirectory(run, WorkspaceList.valueOf(place.stage().name()), table(place.stage()));
            }
        });
    }
}
