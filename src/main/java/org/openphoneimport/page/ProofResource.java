package org.openphoneimport.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.openphoneimport.frame.Frames;
import org.openphoneimport.proof.Proofs;
import org.openphoneimport.status.Parameters;
import org.openphoneimport.status.Snapshot;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;

/** The verdict of a run, to print. */
@Path("/runs/{id}/proof")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ProofResource {

    private final Snapshot snapshot;
    private final Frames frames;
    private final Proofs proofs;

    ProofResource(Snapshot snapshot, Frames frames, Proofs proofs) {
        this.snapshot = snapshot;
        this.frames = frames;
        this.proofs = proofs;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance proof(@PathParam("id") String id) {
        var proof = proofs.of(Parameters.run(id));
        return Templates.proof(ProofPage.of(snapshot.read(() -> frames.reading("Proof")), proof));
    }
}
