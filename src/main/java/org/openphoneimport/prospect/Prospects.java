package org.openphoneimport.prospect;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.checklist.ChecklistConfig;
import org.openphoneimport.checklist.WebhookLists;
import org.openphoneimport.directory.PhoneNumber;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.document.WebhookDocument;
import org.openphoneimport.openphone.ApiKey;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WorkspaceKeys;
import org.openphoneimport.start.KeyCheck;

import io.quarkus.narayana.jta.QuarkusTransaction;

/**
 * Asks OpenPhone what an operator should know before the start: a request for the numbers, and one for webhooks and each user.
 * Nothing is changed.
 */
@ApplicationScoped
public class Prospects {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ApiKey key;
    private final KeyCheck keyCheck;
    private final WebhookLists webhooks;
    private final ChecklistConfig config;
    private final Clock clock;

    Prospects(ApiKey key, KeyCheck keyCheck, WebhookLists webhooks, ChecklistConfig config, Clock clock) {
        this.key = key;
        this.keyCheck = keyCheck;
        this.webhooks = webhooks;
        this.config = config;
        this.clock = clock;
    }

    /** What is known now. */
    public Prospect look() {
        return key.isSet() ? ask() : without("No API key is set: set OPENPHONE_API_KEY (Workspace Settings, API)");
    }

    private Prospect ask() {
        List<PhoneNumberDocument> numbers;
        try {
            numbers = keyCheck.numbers();
        } catch (OpenPhoneException.KeyRefused e) {
            return without("OpenPhone refused the API key. " + e.what());
        } catch (OpenPhoneException e) {
            return without("OpenPhone could not be asked. " + e.what());
        } catch (NotNowException e) {
            return without("OpenPhone could not be asked. " + e.getMessage());
        }
        boolean own = QuarkusTransaction.requiringNew().call(() -> PhoneNumber.areOfThisWorkspace(numbers));
        var roles = config.readOnlyRoles().orElse(List.of());
        if (!own) {
            return new Prospect(WorkspaceKeys.FOREIGN, numbers, null, 0, List.of(), config.webhooks(), roles);
        }
        var live = live();
        return live == null ? new Prospect(null, numbers, null, 0, List.of(), config.webhooks(), roles)
                : new Prospect(null, numbers, live.webhooks().size(),
                        (int) live.webhooks().stream().filter(WebhookDocument::canPause).count(), live.unread(),
                        config.webhooks(), roles);
    }

    private WebhookLists.@Nullable Live live() {
        try {
            return webhooks.live(new Caller(null, clock.instant().plus(PATIENCE)));
        } catch (OpenPhoneException | NotNowException e) {
            return null;
        }
    }

    private Prospect without(String obstacle) {
        return new Prospect(obstacle, List.of(), null, 0, List.of(), config.webhooks(),
                config.readOnlyRoles().orElse(List.of()));
    }
}
