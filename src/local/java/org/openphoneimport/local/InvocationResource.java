package org.openphoneimport.local;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Invokes a function as AWS has it, so that {@code aws lambda invoke --endpoint-url} works. */
@Path("/2015-03-31/functions/{name}/invocations")
public class InvocationResource {

    private static final Logger LOG = Logger.getLogger(InvocationResource.class);

    private final LocalFunctions functions;

    InvocationResource(LocalFunctions functions) {
        this.functions = functions;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response invoke(@PathParam("name") String name,
            @HeaderParam("X-Amz-Invocation-Type") @Nullable String invocationType, byte @Nullable [] payload)
            throws IOException {
        var handler = functions.find(name);
        if (handler.isEmpty()) {
            return refused(404, "ResourceNotFoundException",
                    "There is no function " + name + ": there are start-run, import-batch, download-media and keep-runs");
        }
        Object event;
        try {
            event = functions.read(handler.get(), payload == null || payload.length == 0 ? new byte[] { '{', '}' } : payload);
        } catch (IOException e) {
            return refused(400, "InvalidRequestContentException", "The payload is not JSON: " + e.getMessage());
        }
        return switch (invocationType == null ? "RequestResponse" : invocationType) {
            case "DryRun" -> Response.noContent().build();
            case "Event" -> {
                Thread.startVirtualThread(() -> answer(name, event));
                yield Response.accepted().build();
            }
            default -> answer(name, event);
        };
    }

    private Response answer(String name, Object event) {
        try {
            var answer = functions.invoke(name, event);
            return Response.ok(AmazonLambdaMapperRecorder.objectMapper.writeValueAsString(answer))
                    .header("X-Amz-Executed-Version", "$LATEST").build();
        } catch (RuntimeException | IOException e) {
            LOG.warnf("Function %s answered with an error: %s", name, e.getMessage());
            Map<String, @Nullable String> error = new LinkedHashMap<>();
            error.put("errorMessage", e.getMessage());
            error.put("errorType", e.getClass().getName());
            // As in AWS: the invocation succeeded, the function did not.
            return Response.ok(error).header("X-Amz-Function-Error", "Unhandled").build();
        }
    }

    private static Response refused(int status, String type, String what) {
        return Response.status(status).header("X-Amzn-ErrorType", type)
                .entity(Map.of("Type", "User", "Message", what, "message", what))
                .build();
    }
}
