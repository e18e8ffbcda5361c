package org.openphoneimport.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;

/** A record that could not be handled, moved here from its dead-letter queue. */
@Entity
@Table(name = "dead_letters")
public class DeadLetter extends PanacheEntityBase {

    @Id
    public UUID id;

    /** The queue that it was meant for: import or media. */
    public String queue;

    /** Its id on the queue. */
    @Column(name = "record_id")
    public String recordId;

    public String body;

    /** Why it could not be handled, in a sentence. */
    public String reason;

    @Column(name = "moved_at")
    public Instant movedAt;

    /** When it was put on its queue again; null until then. */
    @Column(name = "sent_back_at")
    public @Nullable Instant sentBackAt;

    /** Those that have not been sent back, the newest first. */
    public static List<DeadLetter> open() {
        return list("sentBackAt is null", Sort.descending("movedAt"));
    }
}
