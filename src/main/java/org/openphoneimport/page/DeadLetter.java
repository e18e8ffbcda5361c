package org.openphoneimport.page;

import org.openphoneimport.status.DeadLetterView;

/**
 * A dead letter as the page shows it.
 *
 * @param id to send it back by
 * @param queue {@code import} or {@code media}
 * @param body as it was on the queue
 * @param reason why it could not be handled
 * @param movedAt when it was given up
 */
public record DeadLetter(String id, String queue, String body, String reason, Moment movedAt) {

    static DeadLetter of(DeadLetterView letter) {
        return new DeadLetter(letter.id(), letter.queue(), Numbers.shortened(letter.body()),
                Numbers.shortened(letter.reason()), new Moment(letter.movedAt()));
    }

    public String sendBackAddress() {
        return "/dead-letters/" + id + "/send-back";
    }
}
