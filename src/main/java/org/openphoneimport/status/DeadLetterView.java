package org.openphoneimport.status;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A record that could not be handled and waits to be sent back.
 *
 * @param id to send it back by
 * @param queue {@code import} or {@code media}
 * @param body as it was on the queue
 * @param reason why it could not be handled
 * @param movedAt when it was given up
 */
@RegisterForReflection
public record DeadLetterView(String id, String queue, String body, String reason, Instant movedAt) {
}
