package org.openphoneimport.access;

import java.util.List;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.openphoneimport.status.ErrorAnswer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/** Stands before everything that is served, local invocations of functions included. */
@ApplicationScoped
class RequestGuard {

    private static final Logger LOG = Logger.getLogger(RequestGuard.class);

    // Above the filters of Quarkus and its extensions.
    private static final int FIRST = 10_000;

    // Before it asks for a login, Quarkus writes the address into a cookie. With one of these it cannot, and never answers.
    private static final Pattern NO_COOKIE = Pattern.compile("[^!-~]|[\",;\\\\]");

    private final Origins origins;
    private final ObjectMapper mapper;

    RequestGuard(AccessConfig config, ObjectMapper mapper) {
        this.origins = new Origins(config.hosts().orElse(List.of()).stream());
        this.mapper = mapper;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        SecurityHeaders.add(context);
        RelativeRedirects.add(context);
        var request = context.request();
        // The Host header of HTTP/1 and the address of HTTP/2; a proxy's headers have changed the latter already.
        var header = request.getHeader("Host");
        var host = header != null || request.authority() == null ? header : request.authority().toString();
        if (NO_COOKIE.matcher(request.uri()).find()) {
            refuse(context, 400, "An address here has no semicolons, commas, quotes or backslashes, unless they are encoded");
        } else if (!origins.isOurs(host)) {
            refuse(context, 403, "This address is not known under the name it was asked by. "
                    + "Ask by a name of this machine, or list the name in PAGE_HOSTS");
        } else if (!origins.mayChange(request.method().name(), host, request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"))) {
            refuse(context, 403, "A page of another site sent this request; nothing was changed");
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context, int status, String why) {
        LOG.warnf("Refused a %s request: %s", context.request().method(), why);
        try {
            context.response().setStatusCode(status).putHeader("Content-Type", "application/json")
                    .end(mapper.writeValueAsString(new ErrorAnswer(why, null)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write an error: " + e.getOriginalMessage(), e);
        }
    }
}
