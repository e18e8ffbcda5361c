package org.openphoneimport.keep;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** An event bus of Amazon EventBridge, when one is configured: rules there lead on to SNS, queues and functions. */
@ApplicationScoped
class EventBus {

    private static final String SOURCE = "openphone-import";

    private final Optional<String> name;

    /** @param name or ARN of the bus */
    EventBus(@ConfigProperty(name = "event.bus") Optional<String> name) {
        this.name = name.filter(bus -> !bus.isBlank());
    }

    /** Throws when the bus does not take it. */
    void put(String type, String detail) {
        if (name.isEmpty()) {
            return;
        }
        var entry = PutEventsRequestEntry.builder().eventBusName(name.get()).source(SOURCE).detailType(type).detail(detail)
                .build();
        // Made for the one call: it is needed once a run.
        try (var events = EventBridgeClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
            var answer = events.putEvents(request -> request.entries(List.of(entry)));
            if (answer.failedEntryCount() > 0) {
                throw new IllegalStateException(
                        "The event bus refused an event: " + answer.entries().getFirst().errorMessage());
            }
        }
    }
}
