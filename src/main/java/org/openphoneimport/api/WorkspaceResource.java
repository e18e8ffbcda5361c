package org.openphoneimport.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.openphoneimport.status.Snapshot;
import org.openphoneimport.verification.Workspace;
import org.openphoneimport.verification.WorkspaceCheck;

/** What the database holds of the workspace altogether, as JSON. */
@Path("/api/workspace")
@Produces(MediaType.APPLICATION_JSON)
public class WorkspaceResource {

    private final Snapshot snapshot;
    private final WorkspaceCheck check;

    WorkspaceResource(Snapshot snapshot, WorkspaceCheck check) {
        this.snapshot = snapshot;
        this.check = check;
    }

    /** Whether everything is here, and what is not. */
    @GET
    public Workspace get() {
        return snapshot.read(check::read);
    }
}
