package org.openphoneimport.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.vertx.core.buffer.Buffer;

/**
 * Whether the page is closed to strangers, tried as one: whatever in the code or its configuration would leave
 * it open, an address that anybody can reach stays shut.
 */
@ApplicationScoped
class ClosedDoor {

    private static final Logger LOG = Logger.getLogger(ClosedDoor.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Loopback loopback;
    private volatile boolean closed;

    ClosedDoor(Loopback loopback) {
        this.loopback = loopback;
    }

    /** Asked once a process: what is closed stays closed. */
    boolean isClosed() {
        if (!closed) {
            closed = refuses("/") && refuses("/api/runs") && refuses("/q/metrics");
            if (!closed) {
                LOG.error("The page lets strangers in, so nothing of it is served");
            }
        }
        return closed;
    }

    /** A redirect is one to the form of the login, as are its answers 401 and 403; a page that is not there is no secret. */
    private boolean refuses(String path) {
        try {
            var answer = loopback.ask(new Loopback.Ask("GET", path, List.of(Map.entry("Host", "localhost")), Buffer.buffer()),
                    PATIENCE);
            return answer.status() >= 300 && answer.status() < 500;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
