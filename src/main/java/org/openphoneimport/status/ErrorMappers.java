package org.openphoneimport.status;

import java.sql.SQLException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what went wrong into an answer: JSON for scripts, a page for people. */
@ApplicationScoped
public class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private final Frames frames;

    ErrorMappers(Frames frames) {
        this.frames = frames;
    }

    @ServerExceptionMapper
    public Response refused(RefusedException e, UriInfo uri) {
        return answer(e.status(), e.answer(), uri);
    }

    @ServerExceptionMapper
    public Response databaseFailed(PersistenceException e, UriInfo uri) {
        LOG.errorf(e, "Failed to answer %s", uri.getPath());
        return isAway(e)
                ? answer(503, new ErrorAnswer("The database does not answer; what is being imported waits for it", null), uri)
                : answer(500, new ErrorAnswer("The database could not answer this; the log of the server says why", null), uri);
    }

    private static boolean isPage(String path) {
        return path.equals("/") || path.equals("/runs") || path.startsWith("/runs/") || path.startsWith("/dead-letters/");
    }

    /** Told by the SQL state: connection (08), shutting down (57), too many connections (53), or none when there is no pool. */
    private static boolean isAway(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return state == null || state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
            }
        }
        return false;
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
        if (isPage(uri.getPath())) {
            var frame = status == 503 ? frames.away() : frames.still("Not done");
            return Response.status(status).type(MediaType.TEXT_HTML_TYPE)
                    .entity(Templates.error(new ErrorPage(frame, answer.error())).render()).build();
        }
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(answer).build();
    }
}
