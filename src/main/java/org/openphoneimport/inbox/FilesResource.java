package org.openphoneimport.inbox;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.thread.ByteRange;
import org.openphoneimport.thread.StoredFiles;

import io.smallrye.common.annotation.Blocking;

/** Files out of the folder or the bucket: to be saved, or played and shown within a page. */
@Path("/files")
@Blocking
public class FilesResource {

    private final StoredFiles files;

    FilesResource(StoredFiles files) {
        this.files = files;
    }

    @GET
    @Path("/{id}")
    @Operation(hidden = true)
    public Response file(@PathParam("id") String id, @HeaderParam("Range") @Nullable String wanted) {
        var file = files.find(id);
        var range = ByteRange.read(wanted, file.size());
        var answer = range.isEmpty() ? Response.ok(files.open(file))
                : range.get().count() == 0 ? Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                        : Response.status(Response.Status.PARTIAL_CONTENT).entity(files.open(file, range.get()));
        range.ifPresent(some -> answer.header("Content-Range", some.header(file.size())));
        return answer.type(file.type().mime())
                .header(HttpHeaders.CONTENT_LENGTH, range.map(ByteRange::count).orElse(file.size()))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .header("Accept-Ranges", "bytes").build();
    }
}
