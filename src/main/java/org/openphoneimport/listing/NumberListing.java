package org.openphoneimport.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.directory.DirectoryConfig;
import org.openphoneimport.directory.DirectoryPart;
import org.openphoneimport.directory.DirectoryPart.Subject;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.directory.DirectoryParts.Answer;
import org.openphoneimport.directory.NumberParts;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.DirectoryApi;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.Issue;
import org.openphoneimport.run.IssueLog;
import org.openphoneimport.run.WorkspaceList;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Asks for hours, members and settings of the workspace's own numbers, one number after the other: a historical run for those
 * of all, a reconciliation only where what is known is old, or was never read.
 */
@ApplicationScoped
class NumberListing {

    /** The place where what is to be asked for has been noted. */
    private static final String NOTED = "noted";

    private final DirectoryApi api;
    private final DirectoryPlan plan;
    private final DirectoryConfig config;
    private final PartRefusal refusal;
    private final ListingStore store;
    private final IssueLog issues;

    NumberListing(DirectoryApi api, DirectoryPlan plan, DirectoryConfig config, PartRefusal refusal, ListingStore store,
            IssueLog issues) {
        this.api = api;
        this.plan = plan;
        this.config = config;
        this.refusal = refusal;
        this.store = store;
        this.issues = issues;
    }

    /** Returns where the listing goes on; empty when it is another worker's by now. */
    Optional<ListingCheckpoint> readNext(ListingClaim claim, Caller caller, ListingCheckpoint place) {
        if (place.token() == null) {
            return store.moveAnd(claim, place, new ListingCheckpoint(place.stage(), NOTED), run -> note(claim));
        }
        var next = next(claim.run());
        if (next.isEmpty()) {
            return store.moveAnd(claim, place, new ListingCheckpoint(place.stage().next(), null), run -> conclude(claim));
        }
        return read(claim, caller, place, next.get());
    }

    /** Goes on without the number that comes next. */
    Optional<ListingCheckpoint> skip(ListingClaim claim, ListingCheckpoint place, OpenPhoneException reason) {
        var next = next(claim.run());
        return store.moveAnd(claim, place, next.isEmpty() ? new ListingCheckpoint(place.stage().next(), null)
                : new ListingCheckpoint(place.stage(), next.get().id()), run -> next.ifPresent(open -> {
                    DirectoryParts.settle(
                            open.kinds().stream().map(kind -> Answer.failed(kind, open.id(), reason.what())).toList());
                    issues.add(run, open.kinds().stream().map(kind -> Issue.error("directory", "list",
                            kind.words() + " of " + open.id(),
                            "The %s of %s could not be read. %s".formatted(kind.words(), open.id(), reason.what()),
                            reason.request())).toList());
                }));
    }

    private static Optional<DirectoryParts.Open> next(UUID run) {
        return QuarkusTransaction.requiringNew().call(() -> DirectoryParts.nextNumber(run));
    }

    private void note(ListingClaim claim) {
        plan.noteLeftOut(claim.onlyV1(), WorkspaceList.ofDated());
        boolean all = plan.readsAll(claim.run());
        DirectoryParts.note(claim.run(), Subject.PHONE_NUMBER, plan.wanted(claim.onlyV1(), Subject.PHONE_NUMBER), all,
                config.numbersAge());
        // Batches of their own ask for it, when all conversations have been read; how much that is shows now.
        DirectoryParts.note(claim.run(), Subject.CONTACT, plan.wanted(claim.onlyV1(), Subject.CONTACT), all,
                config.contactsAge());
    }

    private Optional<ListingCheckpoint> read(ListingClaim claim, Caller caller, ListingCheckpoint place,
            DirectoryParts.Open number) {
        var answers = new ArrayList<Answer>();
        var rows = new ArrayList<Consumer<UUID>>();
        var trouble = new ArrayList<Issue>();
        for (var kind : number.kinds()) {
            try {
                rows.add(ask(caller, kind, number.id(), answers));
            } catch (OpenPhoneException.Rejected e) {
                answers.add(e.isRefusal() ? Answer.refused(kind, number.id(), e.what())
                        : Answer.failed(kind, number.id(), e.what()));
                trouble.add(trouble(kind, number.id(), e));
            } catch (OpenPhoneException.Unavailable e) {
                if (answers.isEmpty()) {
                    throw e;
                }
                // What has been answered is stored; then it is asked for again.
                break;
            }
        }
        return store.moveAnd(claim, place, new ListingCheckpoint(place.stage(), number.id() + " " + answers.size()), run -> {
            rows.forEach(each -> each.accept(run));
            DirectoryParts.settle(answers);
            issues.add(run, trouble);
            refusal.giveUp(run, Subject.PHONE_NUMBER);
        });
    }

    private Consumer<UUID> ask(Caller caller, DirectoryPart kind, String number, List<Answer> answers) {
        return switch (kind) {
            case NUMBER_HOURS -> {
                var hours = api.hours(caller, number);
                answers.add(Answer.given(kind, number, true));
                yield run -> NumberParts.storeHours(hours, run);
            }
            case NUMBER_MEMBERS -> {
                var members = api.members(caller, number);
                answers.add(Answer.given(kind, number, !members.isEmpty()));
                yield run -> NumberParts.storeMembers(number, members, run);
            }
            case NUMBER_SETTINGS -> {
                var settings = api.settings(caller, number);
                answers.add(Answer.given(kind, number, true));
                yield run -> NumberParts.storeSettings(settings, run);
            }
            case CONTACT_NOTES, CONTACT_PROPERTIES, CONTACT_SHARES -> throw new IllegalArgumentException(
                    kind + " belongs to no number");
        };
    }

    private static Issue trouble(DirectoryPart kind, String number, OpenPhoneException.Rejected e) {
        return e.isRefusal()
                ? Issue.warning(kind.words(), "phone number", number,
                        "OpenPhone refuses the %s of this number. %s".formatted(kind.words(), e.what()), e.request())
                : Issue.error("directory", "list", kind.words() + " of " + number,
                        "The %s of %s could not be read. %s".formatted(kind.words(), number, e.what()), e.request());
    }

    private void conclude(ListingClaim claim) {
        refusal.conclude(claim.run(), plan.wanted(claim.onlyV1(), Subject.PHONE_NUMBER));
    }
}
