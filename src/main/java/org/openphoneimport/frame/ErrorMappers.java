package org.openphoneimport.frame;

import java.time.Clock;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.openphoneimport.status.ErrorAnswer;
import org.openphoneimport.status.RefusedException;

import io.quarkus.qute.TemplateInstance;

/** Turns what went wrong into an answer: JSON for scripts, a page for people. */
@ApplicationScoped
public class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private final Frames frames;
    private final Clock clock;
    private final String databaseUrl;

    ErrorMappers(Frames frames, Clock clock,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> databaseUrl) {
        this.frames = frames;
        this.clock = clock;
        this.databaseUrl = databaseUrl.orElse("");
    }

    @ServerExceptionMapper
    public Response refused(RefusedException e, ContainerRequestContext request) {
        return answer(e.status(), e.status() != 404 ? "Not done"
                : request.getUriInfo().getPath().startsWith("/runs/") ? "Run not found" : "Not found", e.answer(), request);
    }

    /** Unexpected errors. What the framework makes of it would be no page of ours, nor the JSON that scripts know. */
    @ServerExceptionMapper
    public Response failed(RuntimeException e, ContainerRequestContext request) {
        var uri = request.getUriInfo();
        var trouble = DatabaseTrouble.of(e, databaseUrl);
        if (trouble.isPresent()) {
            // Every page that is open asks every few seconds, so no stack trace.
            LOG.errorf("Failed to answer %s: %s (%s)", uri.getPath(), trouble.get().what(), e.getMessage());
            return away(trouble.get(), request);
        }
        LOG.errorf(e, "Failed to answer %s", uri.getPath());
        var answer = new ErrorAnswer("This could not be answered; the log of the server says why", null);
        return isPage(request)
                ? page(500, Templates.error(new ErrorPage(frames.retrying("Something went wrong"), answer.error())))
                : json(500, answer);
    }

    private Response away(DatabaseTrouble trouble, ContainerRequestContext request) {
        var frame = frames.retrying("No database");
        var answer = isPage(request)
                ? page(503, Templates.away(new AwayPage(frame, trouble, new PageTime(clock.instant()))))
                : json(503, new ErrorAnswer(trouble.what() + ". " + trouble.remedy(), null));
        return Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, frame.refreshSeconds()).build();
    }

    /** What the framework refuses: unknown addresses, wrong methods. */
    @ServerExceptionMapper
    public Response notUnderstood(WebApplicationException e, ContainerRequestContext request) {
        int status = e.getResponse().getStatus();
        if (status < 400 || e.getResponse().hasEntity()) {
            return e.getResponse();
        }
        var what = switch (status) {
            case 404 -> "There is nothing at " + request.getUriInfo().getPath();
            case 405 -> "This address does not take that method";
            default -> String.valueOf(e.getMessage());
        };
        return answer(status, status == 404 ? "Page not found" : "Not done", new ErrorAnswer(what, null), request);
    }

    private Response answer(int status, String heading, ErrorAnswer answer, ContainerRequestContext request) {
        return isPage(request) ? page(status, Templates.error(new ErrorPage(frames.still(heading), answer.error())))
                : json(status, answer);
    }

    /** People get pages wherever they come to, scripts only where there are some. */
    private static boolean isPage(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        return path.equals("/") || path.equals("/runs") || path.equals("/start") || path.startsWith("/runs/")
                || path.startsWith("/dead-letters/") || path.equals("/conversations") || path.startsWith("/conversations/")
                || path.startsWith("/files/")
                || (!path.startsWith("/api/") && request.getAcceptableMediaTypes().stream()
                        .anyMatch(type -> !type.isWildcardType() && type.isCompatible(MediaType.TEXT_HTML_TYPE)));
    }

    private static Response page(int status, TemplateInstance page) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE).entity(page.render()).build();
    }

    private static Response json(int status, ErrorAnswer answer) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(answer).build();
    }
}
