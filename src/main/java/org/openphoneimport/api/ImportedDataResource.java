package org.openphoneimport.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.status.Starts;

import io.quarkus.security.identity.SecurityIdentity;

/** What was imported, as a whole. */
@Tag(name = "Imported data")
@Path("/api/imported-data")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class ImportedDataResource {

    private final Starts starts;
    private final SecurityIdentity identity;

    ImportedDataResource(Starts starts, SecurityIdentity identity) {
        this.identity = identity;
        this.starts = starts;
    }

    /** Clears it; {@code {"confirm":"<first 8 characters of the last run's id>"}}. */
    @Operation(operationId = "clearImportedData")
    @POST
    @Path("/clear")
    public Response clear(
            @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Payloads.ClearPayload.class))) @Nullable String payload) {
        starts.clear(payload, Who.of(identity).nameOrRole());
        return Response.noContent().build();
    }
}
