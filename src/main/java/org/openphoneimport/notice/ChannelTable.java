package org.openphoneimport.notice;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Keeps the table of channels as they are configured: the page, another process, reads there where notices go. */
@ApplicationScoped
class ChannelTable {

    private final EntityManager entityManager;

    ChannelTable(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** What is configured now; it writes only what has changed. Returns whether a channel is gone. */
    @Transactional
    boolean show(List<Channel> configured) {
        var names = configured.stream().map(Channel::name).toArray(String[]::new);
        int gone = entityManager.createNativeQuery("DELETE FROM notice_channels WHERE channel <> ALL (:names)")
                .setParameter("names", names).executeUpdate();
        for (var channel : configured) {
            entityManager.createNativeQuery("""
                    INSERT INTO notice_channels AS known (channel, target, obstacle)
                    VALUES (:channel, :target, CAST(:obstacle AS text))
                    ON CONFLICT (channel) DO UPDATE SET target = excluded.target, obstacle = excluded.obstacle
                    WHERE (known.target, known.obstacle) IS DISTINCT FROM (excluded.target, excluded.obstacle)
                    """).setParameter("channel", channel.name()).setParameter("target", channel.target().orElse(""))
                    .setParameter("obstacle", channel.obstacle().orElse(null)).executeUpdate();
        }
        return gone > 0;
    }
}
