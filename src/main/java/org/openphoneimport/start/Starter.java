package org.openphoneimport.start;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;

import org.openphoneimport.batch.ImportQueue;
import org.openphoneimport.directory.PhoneNumber;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.invocation.Functions;
import org.openphoneimport.listing.ReadingPlan;
import org.openphoneimport.listing.ReconciliationConfig;
import org.openphoneimport.media.MediaQueue;
import org.openphoneimport.openphone.ApiKey;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhoneConfig;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.WorkspaceKeys;
import org.openphoneimport.run.ClearingException;
import org.openphoneimport.run.ClearingLock;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.Runs;
import org.openphoneimport.run.Window;

import io.quarkus.narayana.jta.QuarkusTransaction;

import software.amazon.awssdk.core.exception.SdkException;

/** Starts a run when everything it needs is there, and says what is not otherwise. The listing goes on behind it. */
@ApplicationScoped
public class Starter {

    private final KeyCheck keyCheck;
    private final ApiKey key;
    private final WorkspaceKeys keys;
    private final ImportQueue queue;
    private final MediaQueue media;
    private final Runs runs;
    private final OpenPhoneConfig openPhone;
    private final Functions functions;
    private final ImportedData data;
    private final ReconciliationConfig config;
    private final ClearingLock clearing;

    Starter(KeyCheck keyCheck, ApiKey key, WorkspaceKeys keys, ImportQueue queue, MediaQueue media, Runs runs,
            OpenPhoneConfig openPhone, Functions functions, ImportedData data, ReconciliationConfig config,
            ClearingLock clearing) {
        this.keyCheck = keyCheck;
        this.key = key;
        this.keys = keys;
        this.queue = queue;
        this.media = media;
        this.runs = runs;
        this.openPhone = openPhone;
        this.functions = functions;
        this.data = data;
        this.config = config;
        this.clearing = clearing;
    }

    /** Throws {@link StartRefusedException} when no run was started. */
    public StartAnswer start(StartRequest request) {
        return start(request, openPhone.api());
    }

    /** Starts a run that uses another generation of the API than the configured one. */
    public StartAnswer start(StartRequest request, OpenPhoneConfig.Api api) {
        var active = active();
        if (active.isPresent()) {
            return active.get();
        }
        checkQueues();
        var numbers = tryKey();
        Optional<UUID> id;
        try {
            id = QuarkusTransaction.requiringNew().call(() -> create(request, api, numbers));
        } catch (ClearingException e) {
            throw new StartRefusedException(e.what(), null);
        }
        if (id.isEmpty()) {
            return active().orElseThrow(
                    () -> new StartRefusedException("Another run was active and has just ended: start again", null));
        }
        functions.invokeLater("start-run", Map.of("runId", id.get().toString()));
        return new StartAnswer(id.get(), "pending", true);
    }

    private Optional<StartAnswer> active() {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                // The key is compared with what may be locked.
                clearing.requireShared();
                return Run.active();
            }).map(run -> new StartAnswer(run.id, run.status, false));
        } catch (ClearingException e) {
            throw new StartRefusedException(e.what(), null);
        } catch (PersistenceException e) {
            throw new StartRefusedException("The database does not answer: check QUARKUS_DATASOURCE_JDBC_URL and the server",
                    null,
                    e);
        }
    }

    private void checkQueues() {
        check("import", queue::check);
        check("media", media::check);
    }

    private static void check(String name, Runnable check) {
        try {
            check.run();
        } catch (SdkException | IllegalStateException e) {
            throw new StartRefusedException("The %s queue does not answer: check %s_QUEUE_URL (%s)".formatted(name,
                    name.toUpperCase(Locale.ROOT), e.getMessage()), null, e);
        }
    }

    private List<PhoneNumberDocument> tryKey() {
        if (!key.isSet()) {
            throw new StartRefusedException("No API key is set: set OPENPHONE_API_KEY (Workspace Settings, API)", null);
        }
        try {
            return keyCheck.numbers();
        } catch (OpenPhoneException.KeyRefused e) {
            throw new StartRefusedException(switch (e.refused()) {
                case KEY -> "OpenPhone refused the API key. " + e.what()
                        + ". Check OPENPHONE_API_KEY; a new key can need half a minute to work";
                case FOREIGN -> e.what() + ". Use a database of its own for each workspace";
                case SUBSCRIPTION -> "The workspace's subscription has expired. " + e.what()
                        + ". Renew it in OpenPhone, then start again";
                case PAYMENT -> e.what() + ". Check the workspace's subscription and plan in OpenPhone, then start again";
            }, null, e);
        } catch (OpenPhoneException.Unavailable e) {
            throw new StartRefusedException(
                    "The API key could not be tried" + (e.isBetween() ? ": OpenPhone did not answer. " : ". ")
                            + e.what() + ". Start again later",
                    null, e);
        } catch (OpenPhoneException e) {
            throw new StartRefusedException("The API key could not be tried. " + e.what() + ". Start again later", null, e);
        } catch (NotNowException e) {
            throw new StartRefusedException("The API key could not be tried. " + e.getMessage() + ". Start again later", null,
                    e);
        }
    }

    private Optional<UUID> create(StartRequest request, OpenPhoneConfig.Api api, List<PhoneNumberDocument> numbers) {
        if (request.clear() != null) {
            data.clear(request.clear());
        }
        // First of all: what is being cleared cannot even be read.
        var id = runs.create(request.type(), window(request), key.hash(), api);
        if (!PhoneNumber.areOfThisWorkspace(numbers)) {
            throw new StartRefusedException(WorkspaceKeys.FOREIGN, null);
        }
        if (id.isEmpty() && request.clear() != null) {
            throw new StartRefusedException("Another run was started at the same time; nothing was cleared", null);
        }
        id.ifPresent(run -> {
            PhoneNumber.store(numbers, run);
            keys.prove(numbers);
        });
        return id;
    }

    /**
     * What was seen before may have changed since; where the ledger lacks more, the run reads more, see {@link ReadingPlan}.
     */
    private Window window(StartRequest request) {
        var window = request.window();
        return request.type() == RunType.RECONCILIATION && !window.fromGiven()
                ? new Window(window.from().minus(config.overlap()), false, window.to())
                : window;
    }
}
