package org.openphoneimport.page;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.Issues;
import org.openphoneimport.status.Parameters;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;

/** The page that people watch. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PageResource {

    private final RunPages runs;
    private final ListPages lists;
    private final StartPages starts;

    PageResource(RunPages runs, ListPages lists, StartPages starts) {
        this.starts = starts;
        this.runs = runs;
        this.lists = lists;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance current() {
        return Templates.run(runs.current());
    }

    @GET
    @Path("/runs")
    @Operation(hidden = true)
    public TemplateInstance all(@QueryParam("page") @Nullable String number) {
        return Templates.runs(runs.all(Parameters.page(number)));
    }

    @GET
    @Path("/runs/{id}")
    @Operation(hidden = true)
    public TemplateInstance run(@PathParam("id") String id, @QueryParam("already") boolean already,
            @QueryParam("unpressed") boolean unpressed) {
        return Templates.run(runs.of(Parameters.run(id),
                already ? "This run was active already, so no other was started."
                        : unpressed ? "What you pressed before you signed in was not done. Press it again if you still want it."
                                : null));
    }

    @GET
    @Path("/runs/{id}/issues")
    @Operation(hidden = true)
    public TemplateInstance issues(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("q") @Nullable String text, @QueryParam("group") @Nullable String group,
            @QueryParam("page") @Nullable String number) {
        return Templates.issues(lists.issues(Parameters.run(id), Issues.Filter.of(level, text, group, false),
                Parameters.page(number)));
    }

    @GET
    @Path("/runs/{id}/log")
    @Operation(hidden = true)
    public TemplateInstance log(@PathParam("id") String id, @QueryParam("level") @Nullable String level,
            @QueryParam("before") @Nullable String before) {
        return Templates.log(lists.log(Parameters.run(id),
                Parameters.oneOf(level, "level", List.of("info", "warning", "error")), Parameters.number(before, "before")));
    }

    /** Says what a start means. */
    @GET
    @Path("/start")
    @Operation(hidden = true)
    public TemplateInstance start(@QueryParam("type") @Nullable String type, @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to, @QueryParam("more") boolean more) {
        return Templates.start(starts.of(StartForm.of(
                Parameters.oneOf(type, "type", List.of("historical", "reconciliation")), from, to), more));
    }

    /** Asks before it is done. */
    @GET
    @Path("/runs/{id}/cancel")
    @Operation(hidden = true)
    public TemplateInstance cancel(@PathParam("id") String id) {
        return Templates.question(lists.cancel(Parameters.run(id)));
    }
}
