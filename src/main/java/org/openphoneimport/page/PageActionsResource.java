package org.openphoneimport.page;

import java.net.URI;
import java.util.List;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.access.Who;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.Parameters;
import org.openphoneimport.status.RefusedException;
import org.openphoneimport.status.RunCommands;
import org.openphoneimport.status.Starts;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;

/** The buttons of the page. Each leads on to a page, so that reloading presses none of them again. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PageActionsResource {

    private final RunCommands commands;
    private final Starts starts;
    private final StartPages pages;
    private final SecurityIdentity identity;

    PageActionsResource(RunCommands commands, Starts starts, StartPages pages, SecurityIdentity identity) {
        this.identity = identity;
        this.commands = commands;
        this.starts = starts;
        this.pages = pages;
    }

    @POST
    @Path("/runs")
    @Operation(hidden = true)
    public Response start(@FormParam("type") @Nullable String type, @FormParam("from") @Nullable String from,
            @FormParam("to") @Nullable String to) {
        var form = StartForm.of(type, from, to);
        try {
            var answer = starts.start(form.payload(), user());
            return seeOther("/runs/" + answer.runId() + (answer.started() ? "" : "?already=true"));
        } catch (RefusedException e) {
            return Response.status(e.status()).entity(Templates.start(pages.of(form.refused(e.answer()), false))).build();
        }
    }

    @POST
    @Path("/runs/{id}/{action: pause|resume|cancel|retry|verify|repair}")
    @Operation(hidden = true)
    public Response act(@PathParam("id") String id, @PathParam("action") String action) {
        commands.act(id, action, user());
        return seeOther("/runs/" + id);
    }

    @POST
    @Path("/runs/{id}/accept")
    @Operation(hidden = true)
    public Response accept(@PathParam("id") String id, @FormParam("reason") @DefaultValue("") String reason) {
        commands.accept(id, List.of(), reason, user());
        return seeOther("/runs/" + id);
    }

    @POST
    @Path("/runs/{id}/issues/{issueId}/retry")
    @Operation(hidden = true)
    public Response retryIssue(@PathParam("id") String id, @PathParam("issueId") String issueId,
            @QueryParam("level") @Nullable String level, @QueryParam("q") @Nullable String text,
            @QueryParam("group") @Nullable String group, @QueryParam("from") @Nullable String from) {
        commands.retryIssue(id, issueId, user());
        return "run".equals(from) ? seeOther("/runs/" + id) : backToList(id, Issues.Filter.of(level, text, group, false));
    }

    /** All that the list shows, on all of its pages. */
    @POST
    @Path("/runs/{id}/issues/retry")
    @Operation(hidden = true)
    public Response retryIssues(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("q") @Nullable String text, @QueryParam("group") @Nullable String group) {
        var filter = Issues.Filter.of(level, text, group, false);
        commands.retryIssues(id, filter, user());
        return backToList(id, filter);
    }

    @POST
    @Path("/runs/{id}/issues/accept")
    @Operation(hidden = true)
    public Response acceptIssues(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("q") @Nullable String text, @QueryParam("group") @Nullable String group,
            @FormParam("reason") @DefaultValue("") String reason) {
        var filter = Issues.Filter.of(level, text, group, false);
        commands.acceptIssues(id, filter, reason, user());
        return backToList(id, filter);
    }

    private static Response backToList(String id, Issues.Filter filter) {
        return seeOther("/runs/" + id + "/issues" + ListPages.query(filter));
    }

    /** A user who had to sign in first comes here instead: nothing is done that they did not see, and the page says so. */
    @GET
    @Path("/runs/{id}/{action: pause|resume|retry|accept|verify|repair}")
    @Operation(hidden = true)
    public Response backToRun(@PathParam("id") String id) {
        return seeOther("/runs/" + Parameters.run(id) + "?unpressed=true");
    }

    /** The same for its issues. */
    @GET
    @Path("/runs/{id}/issues/{what: retry|accept|[^/]+/retry}")
    @Operation(hidden = true)
    public Response backToIssues(@PathParam("id") String id) {
        return seeOther("/runs/" + Parameters.run(id) + "/issues");
    }

    /** The same for dead letters. */
    @GET
    @Path("/dead-letters/{which: .+}")
    @Operation(hidden = true)
    public Response backToDeadLetters() {
        return seeOther("/");
    }

    @POST
    @Path("/dead-letters/{id}/send-back")
    @Operation(hidden = true)
    public Response sendBack(@PathParam("id") String id) {
        commands.sendBack(id, user());
        return seeOther("/");
    }

    @POST
    @Path("/dead-letters/send-back")
    @Operation(hidden = true)
    public Response sendAllBack() {
        commands.sendAllBack(user());
        return seeOther("/");
    }

    @POST
    @Path("/notices/test")
    @Operation(hidden = true)
    public Response testNotices() {
        commands.testNotices(user());
        return seeOther("/");
    }

    /** Again for a user who had to sign in first. */
    @GET
    @Path("/notices/{which: .+}")
    @Operation(hidden = true)
    public Response backFromNotices() {
        return seeOther("/");
    }

    private String user() {
        return Who.of(identity).nameOrRole();
    }

    private static Response seeOther(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
