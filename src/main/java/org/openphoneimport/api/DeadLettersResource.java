package org.openphoneimport.api;

import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.status.DeadLetterView;
import org.openphoneimport.status.DeadLetterViews;
import org.openphoneimport.status.Parameters;
import org.openphoneimport.status.RunCommands;
import org.openphoneimport.status.Snapshot;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;

/** Dead letters as JSON. */
@Tag(name = "Dead letters")
@Path("/api/dead-letters")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class DeadLettersResource {

    private final Snapshot snapshot;
    private final DeadLetterViews letters;
    private final RunCommands commands;
    private final SecurityIdentity identity;

    DeadLettersResource(Snapshot snapshot, DeadLetterViews letters, RunCommands commands, SecurityIdentity identity) {
        this.identity = identity;
        this.snapshot = snapshot;
        this.letters = letters;
        this.commands = commands;
    }

    /**
     * What became of it.
     *
     * @param sentBack how many are on their queues again
     */
    @RegisterForReflection
    public record SentBack(int sentBack) {
    }

    /** Those that have not been sent back; the newest first. */
    @Operation(operationId = "listDeadLetters")
    @GET
    public List<DeadLetterView> list(@QueryParam("limit") @Nullable String limit) {
        int count = Parameters.limit(limit, 100, 1_000);
        return snapshot.read(() -> letters.open(count));
    }

    @Operation(operationId = "sendDeadLetterBack")
    @POST
    @Path("/{id}/send-back")
    public SentBack sendBack(@PathParam("id") String id) {
        commands.sendBack(id, Who.of(identity).nameOrRole());
        return new SentBack(1);
    }

    @Operation(operationId = "sendAllDeadLettersBack")
    @POST
    @Path("/send-back")
    public SentBack sendAllBack() {
        return new SentBack(commands.sendAllBack(Who.of(identity).nameOrRole()));
    }
}
