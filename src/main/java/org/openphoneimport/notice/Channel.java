package org.openphoneimport.notice;

import java.util.Optional;

/** A way on which notices reach people. */
sealed interface Channel permits Webhook, Mailbox {

    /** As in the tables: webhook or mail. */
    String name();

    /** Where it leads to, as far as everyone may see it; empty when it is not configured. */
    Optional<String> target();

    /** What is wrong with its configuration, in a sentence. */
    Optional<String> obstacle();

    /** Sends one; returns when the receiver has taken it. */
    void send(Letter letter) throws NotSentException;
}
