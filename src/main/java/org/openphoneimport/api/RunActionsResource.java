package org.openphoneimport.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.RunCommands;

import io.quarkus.security.identity.SecurityIdentity;

/** What can be done with a run, each answered with the run as it is afterwards. */
@Tag(name = "Runs")
@Path("/api/runs/{id}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class RunActionsResource {

    private final RunCommands commands;
    private final RunsResource runs;
    private final SecurityIdentity identity;

    RunActionsResource(RunCommands commands, RunsResource runs, SecurityIdentity identity) {
        this.commands = commands;
        this.runs = runs;
        this.identity = identity;
    }

    /**
     * Takes effect at the next page that a worker wants to read.
     *
     * @param action pause, resume, cancel, retry or repair
     */
    @Operation(operationId = "changeRun")
    @POST
    @Path("/{action: pause|resume|cancel|retry|repair}")
    public RunAnswer act(@PathParam("id") String id, @PathParam("action") String action) {
        commands.act(id, action, user());
        return runs.get(id);
    }

    /** Finds out whether everything is here, in a run that has ended; {@code {"full":true}} reads everything again. */
    @Operation(operationId = "verifyRun")
    @POST
    @Path("/verify")
    public RunAnswer verify(@PathParam("id") String id,
            @RequestBody(required = false, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Payloads.VerifyPayload.class))) @Nullable String payload) {
        commands.verify(id, payload, user());
        return runs.get(id);
    }

    /** Accepts that what is unavailable is not here; {@code {"reason":"<why>"}}, and with {@code "ids"} only some of it. */
    @Operation(operationId = "acceptGaps")
    @POST
    @Path("/accept")
    public RunAnswer accept(@PathParam("id") String id,
            @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Payloads.AcceptPayload.class))) @Nullable String payload) {
        commands.accept(id, payload, user());
        return runs.get(id);
    }

    /** Tries again all errors that match, files among them. */
    @Operation(operationId = "retryIssues")
    @POST
    @Path("/issues/retry")
    public RunAnswer retryIssues(@PathParam("id") String id, @QueryParam("q") @Nullable String text,
            @QueryParam("group") @Nullable String group) {
        commands.retryIssues(id, Issues.Filter.of("error", text, group, false), user());
        return runs.get(id);
    }

    @Operation(operationId = "retryIssue")
    @POST
    @Path("/issues/{issueId}/retry")
    public RunAnswer retryIssue(@PathParam("id") String id, @PathParam("issueId") String issueId) {
        commands.retryIssue(id, issueId, user());
        return runs.get(id);
    }

    private String user() {
        return Who.of(identity).nameOrRole();
    }
}
