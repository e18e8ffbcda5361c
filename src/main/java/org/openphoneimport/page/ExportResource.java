package org.openphoneimport.page;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.Parameters;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.Verdicts;

import io.smallrye.common.annotation.Blocking;

/** Errors and discrepancies to take away. */
@Path("/")
@Produces("text/csv")
@Blocking
public class ExportResource {

    private static final int MOST = 100_000;

    private final Snapshot snapshot;
    private final Issues issues;
    private final Verdicts verdicts;

    ExportResource(Snapshot snapshot, Issues issues, Verdicts verdicts) {
        this.snapshot = snapshot;
        this.issues = issues;
        this.verdicts = verdicts;
    }

    /** The issues that match, as the page lists them. */
    @GET
    @Path("/runs/{id}/issues.csv")
    @Operation(hidden = true)
    public Response issues(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("q") @Nullable String text, @QueryParam("group") @Nullable String group) {
        var run = Parameters.run(id);
        var filter = Issues.Filter.of(level, text, group, false);
        return csv(run, "issues", Csv.of(
                List.of("level", "stage", "subject", "id", "name", "numbers", "conversation", "what", "request", "time"),
                snapshot.read(() -> issues.read(run, filter, 0, MOST)).stream()
                        .map(issue -> row(issue.level(), issue.stage(), issue.subject(), issue.subjectId(),
                                issue.parties().name(), String.join(", ", issue.parties().numbers()),
                                issue.parties().conversation(), issue.what(), issue.request(), issue.occurredAt()))));
    }

    /** All that the last verification found. */
    @GET
    @Path("/runs/{id}/discrepancies.csv")
    @Operation(hidden = true)
    public Response discrepancies(@PathParam("id") String id) {
        var run = Parameters.run(id);
        var verification = snapshot.read(() -> verdicts.view(run));
        if (verification == null) {
            throw RefusedException.unknown("Run " + id + " has not been verified yet");
        }
        return csv(run, "discrepancies", Csv.of(
                List.of("kind", "subject", "id", "name", "numbers", "conversation", "finding"),
                verification.discrepancies().stream()
                        .map(found -> row(found.kind(), found.subject(), found.id(), found.parties().name(),
                                String.join(", ", found.parties().numbers()), found.parties().conversation(),
                                found.finding()))));
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }

    private static Response csv(UUID run, String what, String table) {
        return Response.ok(table).type("text/csv; charset=utf-8").header(HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s-%s.csv\"".formatted(what, run.toString().substring(0, 8))).build();
    }
}
