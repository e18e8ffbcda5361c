package org.openphoneimport.inbox;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;

/** What was imported, for people to look whether they find it again. */
@Path("/conversations")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ConversationsResource {

    private final ConversationPages pages;

    ConversationsResource(ConversationPages pages) {
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance list(@QueryParam("q") @DefaultValue("") String text,
            @QueryParam("before") @Nullable String before) {
        return Templates.conversations(pages.list(text, before));
    }

    @GET
    @Path("/{id}")
    @Operation(hidden = true)
    public TemplateInstance thread(@PathParam("id") String id, @QueryParam("before") @Nullable String before,
            @QueryParam("after") @Nullable String after, @QueryParam("only") @Nullable String only) {
        return Templates.conversation(only == null ? pages.thread(id, before, after) : pages.entry(id, only));
    }
}
