package org.openphoneimport.page;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.Frame;
import org.openphoneimport.pace.Precedent;
import org.openphoneimport.prospect.Outlook;
import org.openphoneimport.prospect.Prospect;
import org.openphoneimport.status.WorkspaceOrganization;

/**
 * What an operator should know before a start, and the one press that starts.
 *
 * @param frame what stands around it
 * @param form what is to be started
 * @param canStart whether no run is active
 * @param obstacle why none can start, in a sentence; null when nothing speaks against it
 * @param key whose key it is
 * @param subscription whether the workspace is paid for
 * @param read what will be read
 * @param time how long that takes
 * @param recording whether recordings can be expected
 * @param webhooks what becomes of them
 * @param readOnly what cannot write meanwhile
 * @param more where OpenPhone is asked for what takes some seconds; null when that was done, or would be of no use
 */
public record StartPage(Frame frame, StartForm form, boolean canStart, @Nullable String obstacle, String key,
        String subscription, String read, String time, String recording, String webhooks, String readOnly,
        @Nullable String more) {

    /**
     * What is known of it.
     *
     * @param prospect null when OpenPhone was not asked
     * @param outlook null when it was not asked yet
     * @param precedent null without one
     * @param organization as the last run was told of it
     * @param witnessed whether both generations of the API read
     * @param perSecond requests; 0 when they are not limited
     */
    record Known(@Nullable Prospect prospect, @Nullable Outlook outlook, @Nullable Precedent precedent,
            WorkspaceOrganization.Organization organization, boolean witnessed, double perSecond) {

        /** Whether OpenPhone can be asked for more: it has named the numbers, and nothing speaks against a start. */
        boolean canAsk() {
            return prospect != null && prospect.obstacle() == null;
        }
    }

    static StartPage of(Frame frame, StartForm form, boolean canStart, Known known) {
        var prospect = known.prospect();
        var outlook = known.outlook();
        // What is wrong with what was filled in has to stay where it is read.
        boolean ask = known.canAsk() && outlook == null && !form.reconciliation() && !form.open();
        boolean told = outlook != null || ask;
        return new StartPage(frame, form, canStart, prospect == null ? null : prospect.obstacle(),
                key(prospect, known.organization()),
                told ? OutlookLines.subscription(outlook) : unasked(prospect), read(form, known), time(form, known),
                told ? OutlookLines.recording(outlook) : unasked(prospect), webhooks(form, prospect),
                readOnly(form, prospect),
                ask ? "/start?type=" + form.type() + "&more=true" : null);
    }

    private static String unasked(@Nullable Prospect prospect) {
        return prospect == null ? UNASKED : "Not known";
    }

    private static String key(@Nullable Prospect prospect, WorkspaceOrganization.Organization organization) {
        if (prospect == null) {
            return UNASKED;
        }
        if (prospect.numbers().isEmpty()) {
            return "Not known: OpenPhone has not named the numbers of this key";
        }
        return (organization.name().isBlank() ? "The workspace with " : Format.id(organization.name()) + ", with ")
                + Format.phones(
                        prospect.numbers().stream().map(PhoneNumberDocument::number).flatMap(Stream::ofNullable).toList())
                + " (" + Format.counted(prospect.numbers().size(), "number") + ")"
                + (organization.expired() ? ". When OpenPhone was last asked, its subscription had expired" : "");
    }

    private static String read(StartForm form, Known known) {
        if (!form.from().isEmpty() || !form.to().isEmpty()) {
            return "Messages and calls of the time that you choose. How many is not known before they are listed";
        }
        var precedent = known.precedent();
        if (precedent == null) {
            return form.reconciliation() ? "What has not been read yet, and what may have changed"
                    : known.canAsk() ? OutlookLines.size(known.outlook())
                            : "Everything. How much that is is not known before it is listed";
        }
        return "About as much as the last one: " + Format.counted(precedent.conversations(), "conversation") + ", "
                + Format.counted(precedent.messages(), "message") + ", " + Format.counted(precedent.calls(), "call");
    }

    private static String time(StartForm form, Known known) {
        var precedent = known.precedent();
        var size = known.outlook() == null ? null : known.outlook().size();
        if (precedent == null && size != null && !form.reconciliation() && form.from().isEmpty() && form.to().isEmpty()) {
            return OutlookLines.time(size, known.witnessed(), known.perSecond());
        }
        if (precedent == null || !form.from().isEmpty() || !form.to().isEmpty()) {
            return "Not known yet. With two requests a conversation and four a call, 7,000 conversations take half an hour where "
                    + "only v1 answers; where both APIs do about five minutes, and five more for each 1,000 contacts";
        }
        return "The last one took " + Format.roughly(precedent.took()).replace("about ", "")
                + (precedent.requests() == null ? ""
                        : " and more than " + Format.about(precedent.requests()) + " requests");
    }

    private static String webhooks(StartForm form, @Nullable Prospect prospect) {
        if (form.reconciliation()) {
            return "They stay as they are";
        }
        if (prospect == null || prospect.webhooks() == null) {
            return "Not known: OpenPhone has not listed them. " + INVISIBLE;
        }
        return live(prospect) + ". " + prospect.unread().stream().map(list -> Format.shortened(list) + ". ")
                .collect(Collectors.joining()) + INVISIBLE;
    }

    private static String live(Prospect prospect) {
        int live = prospect.webhooks() == null ? 0 : prospect.webhooks();
        if (live == 0) {
            return "None is live that the API lists";
        }
        return Format.exact(live) + (live == 1 ? " is" : " are") + " live" + switch (prospect.treatment()) {
            case PAUSE -> prospect.pausable() == 0 ? ", and stay so: they cannot be paused"
                    : "; " + Format.exact(prospect.pausable())
                            + " of them can be paused, and are switched on again at the end";
            case RECREATE -> ", to be deleted and made again at the end, with new signing keys";
            case LEAVE -> ", and stay so: CHECKLIST_WEBHOOKS=leave";
        };
    }

    private static final String UNASKED = "Asked when an operator opens this page and no run is active";

    private static final String INVISIBLE = "Webhooks made in OpenPhone's app are in no list: switch those off there";

    private static String readOnly(StartForm form, @Nullable Prospect prospect) {
        if (form.reconciliation()) {
            return "Nothing: other applications go on writing";
        }
        return "The system is read-only for other applications until the run ends" + (prospect == null
                || prospect.readOnlyRoles().isEmpty() ? ""
                        : "; these roles cannot write: " + String.join(", ", prospect.readOnlyRoles()));
    }

    /** What the button does. */
    public String press() {
        return form.reconciliation() ? "Start the reconciliation" : "Start the historical import";
    }
}
