package org.openphoneimport.page;

import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.PageTime;
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
public record DeadLetterLine(String id, String queue, String body, String reason, PageTime movedAt) {

    static DeadLetterLine of(DeadLetterView letter) {
        return new DeadLetterLine(letter.id(), letter.queue(), Format.shortened(letter.body()),
                Format.shortened(letter.reason()), new PageTime(letter.movedAt()));
    }

    public String sendBackAddress() {
        return "/dead-letters/" + id + "/send-back";
    }
}
