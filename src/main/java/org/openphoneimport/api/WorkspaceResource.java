package org.openphoneimport.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openphoneimport.status.Snapshot;
import org.openphoneimport.status.WorkspaceView;
import org.openphoneimport.status.WorkspaceViews;

/** What the database holds of the workspace altogether, as JSON. */
@Tag(name = "Workspace")
@Path("/api/workspace")
@Produces(MediaType.APPLICATION_JSON)
public class WorkspaceResource {

    private final Snapshot snapshot;
    private final WorkspaceViews workspace;

    WorkspaceResource(Snapshot snapshot, WorkspaceViews workspace) {
        this.snapshot = snapshot;
        this.workspace = workspace;
    }

    /** Whether it is safe to go live, and what is not here. */
    @Operation(operationId = "getWorkspace")
    @GET
    public WorkspaceView get() {
        return snapshot.read(workspace::read);
    }
}
