package org.openphoneimport.page;

import java.time.Clock;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

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
    public Response refused(RefusedException e, UriInfo uri) {
        return answer(e.status(), e.answer(), uri);
    }

    /** Whatever nobody expected. What the framework makes of it would be no page of ours, nor the JSON that scripts know. */
    @ServerExceptionMapper
    public Response failed(RuntimeException e, UriInfo uri) {
        var trouble = DatabaseTrouble.of(e, databaseUrl);
        if (trouble.isPresent()) {
            // Every page that is open asks every few seconds, so no stack trace.
            LOG.errorf("Failed to answer %s: %s (%s)", uri.getPath(), trouble.get().what(), e.getMessage());
            return away(trouble.get(), uri);
        }
        LOG.errorf(e, "Failed to answer %s", uri.getPath());
        var answer = new ErrorAnswer("This could not be answered; the log of the server says why", null);
        return isPage(uri) ? page(500, Templates.error(new ErrorPage(frames.retrying("Something went wrong"), answer.error())))
                : json(500, answer);
    }

    private Response away(DatabaseTrouble trouble, UriInfo uri) {
        var frame = frames.retrying("No database");
        var answer = isPage(uri)
                ? page(503, Templates.away(new AwayPage(frame, trouble, new Moment(clock.instant()))))
                : json(503, new ErrorAnswer(trouble.what() + ". " + trouble.remedy(), null));
        return Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, frame.refreshSeconds()).build();
    }

    /** What the framework refuses: unknown addresses, wrong methods. */
    @ServerExceptionMapper
    public Response notUnderstood(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400 || e.getResponse().hasEntity()) {
            return e.getResponse();
        }
        var what = switch (status) {
            case 404 -> "There is nothing at " + uri.getPath();
            case 405 -> "This address does not take that method";
            default -> String.valueOf(e.getMessage());
        };
        return answer(status, new ErrorAnswer(what, null), uri);
    }

    private Response answer(int status, ErrorAnswer answer, UriInfo uri) {
        return isPage(uri) ? page(status, Templates.error(new ErrorPage(frames.still("Not done"), answer.error())))
                : json(status, answer);
    }

    private static boolean isPage(UriInfo uri) {
        var path = uri.getPath();
        return path.equals("/") || path.equals("/runs") || path.startsWith("/runs/") || path.startsWith("/dead-letters/")
                || path.equals("/conversations") || path.startsWith("/conversations/") || path.startsWith("/files/");
    }

    private static Response page(int status, TemplateInstance page) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE).entity(page.render()).build();
    }

    private static Response json(int status, ErrorAnswer answer) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(answer).build();
    }
}
