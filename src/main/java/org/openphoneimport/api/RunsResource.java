package org.openphoneimport.api;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.proof.Proof;
import org.openphoneimport.proof.ProofCsv;
import org.openphoneimport.proof.Proofs;
import org.openphoneimport.start.StartAnswer;
import org.openphoneimport.status.EventView;
import org.openphoneimport.status.Events;
import org.openphoneimport.status.IssueGroup;
import org.openphoneimport.status.IssueView;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.Parameters;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.RunView;
import org.openphoneimport.status.RunViews;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.Starts;
import org.openphoneimport.status.Verdicts;
import org.openphoneimport.status.VerificationView;

import io.quarkus.security.identity.SecurityIdentity;

/** Runs as JSON. */
@Tag(name = "Runs")
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {

    private final Snapshot snapshot;
    private final RunViews runs;
    private final Issues issues;
    private final Events events;
    private final Starts starts;
    private final Verdicts verdicts;
    private final Proofs proofs;
    private final SecurityIdentity identity;

    RunsResource(Snapshot snapshot, RunViews runs, Issues issues, Events events, Starts starts,
            Verdicts verdicts, Proofs proofs, SecurityIdentity identity) {
        this.identity = identity;
        this.snapshot = snapshot;
        this.runs = runs;
        this.issues = issues;
        this.events = events;
        this.starts = starts;
        this.verdicts = verdicts;
        this.proofs = proofs;
    }

    /** The newest first. */
    @Operation(operationId = "listRuns")
    @GET
    public List<RunAnswer> list(@QueryParam("limit") @Nullable String limit) {
        int count = Parameters.limit(limit, 50, 500);
        return snapshot.read(() -> runs.latest(count).stream().map(RunAnswer::of).toList());
    }

    /** Starts a run, with a payload as start-run's. */
    @Operation(operationId = "startRun")
    @POST
    @Consumes(MediaType.WILDCARD)
    public StartAnswer start(
            @RequestBody(required = false, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Payloads.StartPayload.class))) @Nullable String payload) {
        return starts.start(payload, Who.of(identity).nameOrRole());
    }

    @Operation(operationId = "getRun")
    @GET
    @Path("/{id}")
    public RunAnswer get(@PathParam("id") String id) {
        return snapshot.read(() -> RunAnswer.of(find(id)));
    }

    /** The newest first; those that are resolved only if asked for. */
    @Operation(operationId = "listIssues")
    @GET
    @Path("/{id}/issues")
    public List<IssueView> issues(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("q") @Nullable String text, @QueryParam("group") @Nullable String group,
            @QueryParam("resolved") boolean resolved, @QueryParam("limit") @Nullable String limit) {
        var filter = Issues.Filter.of(level, text, group, resolved);
        int count = Parameters.limit(limit, 1_000, 10_000);
        return snapshot.read(() -> issues.read(find(id).run().id, filter, 0, count));
    }

    /** What is open, by reason: errors first, then the most frequent. */
    @Operation(operationId = "groupIssues")
    @GET
    @Path("/{id}/issues/groups")
    public List<IssueGroup> groups(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("q") @Nullable String text, @QueryParam("limit") @Nullable String limit) {
        var filter = Issues.Filter.of(level, text, null, false);
        int count = Parameters.limit(limit, 100, 1_000);
        return snapshot.read(() -> issues.groups(find(id).run().id, filter, count));
    }

    /** The newest first. */
    @Operation(operationId = "listEvents")
    @GET
    @Path("/{id}/events")
    public List<EventView> events(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("before") @Nullable String before, @QueryParam("limit") @Nullable String limit) {
        var filter = new Events.Filter(Parameters.oneOf(level, "level", List.of("info", "warning", "error")),
                Parameters.number(before, "before"), true);
        int count = Parameters.limit(limit, 100, 1_000);
        return snapshot.read(() -> events.read(find(id).run().id, filter, count));
    }

    /**
     * The last one.
     *
     * @param format {@code csv} or {@code json} for the document to keep; without it, what was found
     */
    @Operation(operationId = "getVerification")
    @GET
    @Path("/{id}/verification")
    @Produces({ MediaType.APPLICATION_JSON, "text/csv" })
    @APIResponse(responseCode = "200", description = "What was found; with a format, the document to keep", content = {
            @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(oneOf = { VerificationView.class, Proof.class })),
            @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)) })
    public Response verification(@PathParam("id") String id, @QueryParam("format") @Nullable String format) {
        return switch (Parameters.oneOf(format, "format", List.of("csv", "json"))) {
            case null -> Response.ok(verification(id), MediaType.APPLICATION_JSON).build();
            case "csv" -> document(id, "csv", "text/csv;charset=UTF-8", ProofCsv.of(proofs.of(Parameters.run(id))));
            default -> document(id, "json", MediaType.APPLICATION_JSON, proofs.of(Parameters.run(id)));
        };
    }

    private static Response document(String id, String extension, String type, Object proof) {
        return Response.ok(proof, type).header(HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"verification-%s.%s\"".formatted(Parameters.run(id).toString().substring(0, 8),
                        extension))
                .build();
    }

    private VerificationView verification(String id) {
        return snapshot.read(() -> {
            var verification = verdicts.view(find(id).run().id);
            if (verification == null) {
                throw RefusedException.unknown("Run " + id + " has not been verified yet");
            }
            return verification;
        });
    }

    private RunView find(String id) {
        return runs.withId(Parameters.run(id)).orElseThrow(() -> RefusedException.unknown("There is no run " + id));
    }
}
