package org.openphoneimport.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.status.NoticeViews;
import org.openphoneimport.status.NoticesView;
import org.openphoneimport.status.Parameters;
import org.openphoneimport.status.RunCommands;
import org.openphoneimport.status.Snapshot;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;

/** What people are told who do not look, as JSON. */
@Tag(name = "Notices")
@Path("/api/notices")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class NoticesResource {

    private static final int COUNT = 20;

    private final Snapshot snapshot;
    private final NoticeViews notices;
    private final RunCommands commands;
    private final SecurityIdentity identity;

    NoticesResource(Snapshot snapshot, NoticeViews notices, RunCommands commands, SecurityIdentity identity) {
        this.snapshot = snapshot;
        this.notices = notices;
        this.commands = commands;
        this.identity = identity;
    }

    /** Where they go, and the newest with what came of them. */
    @Operation(operationId = "getNotices")
    @GET
    public NoticesView get(@QueryParam("limit") @Nullable String limit) {
        int count = Parameters.limit(limit, COUNT, 500);
        return snapshot.read(() -> notices.read(count));
    }

    /** Has a test sent on each channel, within a minute. */
    @Operation(operationId = "sendTestNotice")
    @POST
    @Path("/test")
    public NoticesView test() {
        commands.testNotices(Who.of(identity).nameOrRole());
        return get(null);
    }
}
