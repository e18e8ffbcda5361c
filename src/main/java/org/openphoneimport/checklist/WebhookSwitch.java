package org.openphoneimport.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openphoneimport.checklist.ChecklistConfig.WebhookTreatment;
import org.openphoneimport.checklist.ChecklistSteps.Name;
import org.openphoneimport.checklist.ChecklistSteps.State;
import org.openphoneimport.checklist.SavedWebhooks.Method;
import org.openphoneimport.checklist.SavedWebhooks.Saved;
import org.openphoneimport.checklist.WebhookLists.Live;
import org.openphoneimport.document.WebhookDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Webhooks;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Takes the workspace's webhooks off and puts them back: those of the dated API are paused, v1's can only be deleted and made
 * again. Each one's whole definition is saved first, so that a run that dies in between loses none.
 */
@ApplicationScoped
class WebhookSwitch {

    private static final Logger LOG = Logger.getLogger(WebhookSwitch.class);
    private static final String INVISIBLE = "Webhooks that were made in OpenPhone's app are visible to no API: look there";

    private final Webhooks webhooks;
    private final WebhookLists lists;
    private final SavedWebhooks saved;
    private final ChecklistSteps steps;

    WebhookSwitch(Webhooks webhooks, WebhookLists lists, SavedWebhooks saved, ChecklistSteps steps) {
        this.webhooks = webhooks;
        this.lists = lists;
        this.saved = saved;
        this.steps = steps;
    }

    void begin(UUID run, Caller caller, WebhookTreatment treatment) {
        var live = lists.live(caller);
        for (var webhook : live.webhooks()) {
            switch (treatment) {
                case PAUSE -> pause(run, caller, webhook);
                case RECREATE -> takeOff(run, caller, webhook);
                case LEAVE -> {
                    // It stays on.
                }
            }
        }
        int touched = saved.off(run).size();
        if (touched == 0) {
            skip(run,
                    sentences(live, live.webhooks().isEmpty() && live.unread().isEmpty() ? "There are no webhooks that are live"
                            : stayedOn(live.webhooks())));
            return;
        }
        // What the lists say now counts, not what was asked for.
        var still = lists.live(caller);
        long off = saved.off(run).stream().filter(each -> !isAmong(each, still.webhooks())).count();
        steps.set(run, Name.RECONCILIATION, State.PENDING, "It follows when the webhooks are live again");
        steps.set(run, Name.WEBHOOKS, State.ACTIVE,
                sentences(still, "%d webhooks are off".formatted(off), stayedOn(still.webhooks())));
    }

    private static boolean isAmong(Saved webhook, List<WebhookDocument> live) {
        return live.stream().anyMatch(each -> each.id().equals(webhook.webhook().id()));
    }

    private static String stayedOn(List<WebhookDocument> live) {
        return live.isEmpty() ? ""
                : live.size() + " webhooks stayed on: " + live.stream()
                        .map(webhook -> webhook.name() + (webhook.canPause() ? "" : ", which cannot be paused"))
                        .collect(Collectors.joining("; "));
    }

    private static String sentences(Live live, String... said) {
        var sentences = new ArrayList<>(List.of(said));
        sentences.addAll(live.unread());
        sentences.add(INVISIBLE);
        sentences.removeIf(String::isEmpty);
        return String.join(". ", sentences);
    }

    private void skip(UUID run, String why) {
        QuarkusTransaction.requiringNew().run(() -> {
            steps.set(run, Name.WEBHOOKS, State.SKIPPED, why);
            steps.set(run, Name.RECONCILIATION, State.SKIPPED, "No webhook was off");
        });
    }

    private void pause(UUID run, Caller caller, WebhookDocument webhook) {
        if (!webhook.canPause()) {
            return;
        }
        saved.save(run, webhook, Method.STATUS);
        try {
            webhooks.setLive(caller, webhook.id(), false);
        } catch (OpenPhoneException.Unavailable e) {
            // Else it may have been done: it is set live again in any case.
            if (e.isBetween()) {
                saved.forget(run, webhook);
            }
        } catch (OpenPhoneException.Rejected e) {
            LOG.warnf("Webhook %s cannot be paused: %s", webhook.id(), e.what());
            saved.forget(run, webhook);
        }
    }

    private void takeOff(UUID run, Caller caller, WebhookDocument webhook) {
        if (webhook.canPause()) {
            pause(run, caller, webhook);
        } else if (webhook.kind() != null) {
            saved.save(run, webhook, Method.DELETION);
            try {
                webhooks.delete(caller, webhook.id());
            } catch (OpenPhoneException.Unavailable e) {
                LOG.warnf("Whether webhook %s is deleted is not known; it will be there after the run: %s", webhook.id(),
                        e.what());
            }
        }
    }

    /** A death may leave one made again and unnoted: a like one that is no other's counts as it. */
    void undo(UUID run, Caller caller) {
        var off = saved.off(run);
        if (off.isEmpty() && !saved.hasAny(run)) {
            skip(run, "The run ended before");
            return;
        }
        putAllBack(run, caller, off);
        // Before that is noted: a death in between does both again.
        steps.set(run, Name.RECONCILIATION, State.PENDING, null);
        steps.set(run, Name.WEBHOOKS, State.UNDONE, "The webhooks are live again"
                + listed(". These have new signing keys, which their receivers need (saved_webhooks.new_definition has them): ",
                        saved.renewed(run))
                + listed(". OpenPhone no longer knows these, which may have been deleted: ", saved.gone(run)));
    }

    private static String listed(String introduction, List<String> webhooks) {
        return webhooks.isEmpty() ? "" : introduction + String.join(", ", webhooks);
    }

    /** One that OpenPhone does not give back keeps no other off. */
    private void putAllBack(UUID run, Caller caller, List<Saved> off) {
        var troubles = new ArrayList<RuntimeException>();
        off.stream().filter(each -> each.method() == Method.STATUS)
                .forEach(each -> attempt(troubles, () -> setLive(run, caller, each.webhook())));
        var deleted = off.stream().filter(each -> each.method() == Method.DELETION).map(Saved::webhook).toList();
        if (!deleted.isEmpty()) {
            attempt(troubles, () -> {
                var present = lists.liveOfV1(caller);
                deleted.forEach(webhook -> attempt(troubles, () -> remake(run, caller, webhook, present)));
            });
        }
        if (!troubles.isEmpty()) {
            throw troubles.getFirst();
        }
    }

    private static void attempt(List<RuntimeException> troubles, Runnable step) {
        try {
            step.run();
        } catch (OpenPhoneException | NotNowException e) {
            troubles.add(e);
        }
    }

    private void setLive(UUID run, Caller caller, WebhookDocument webhook) {
        try {
            webhooks.setLive(caller, webhook.id(), true);
            saved.noteBack(run, webhook.id(), webhook);
        } catch (OpenPhoneException.Rejected e) {
            // The dated API refuses ids of v1 as malformed: such a webhook was never off.
            if (e.status() != 404 && e.status() != 400) {
                throw e;
            }
            LOG.warnf("Webhook %s was off during the run and is gone now: %s", webhook.id(), e.what());
            saved.noteBack(run, webhook.id(), null);
        }
    }

    /** One whose deletion was not answered may be there as it was. */
    private void remake(UUID run, Caller caller, WebhookDocument webhook, List<WebhookDocument> present) {
        var again = present.stream().filter(each -> each.id().equals(webhook.id())).findFirst()
                .or(() -> present.stream().filter(each -> each.isLike(webhook) && !saved.isBack(run, each.id())).findFirst())
                .orElseGet(() -> webhooks.create(caller, webhook));
        saved.noteBack(run, webhook.id(), again);
    }

    boolean someAreOff(UUID run) {
        return !saved.off(run).isEmpty();
    }
}
