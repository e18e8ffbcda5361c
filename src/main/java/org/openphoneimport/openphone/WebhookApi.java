package org.openphoneimport.openphone;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Webhooks over HTTP. Only {@link Webhooks} may use it: a call from anywhere else would pass by the rate limiter. */
@RegisterRestClient(configKey = "openphone")
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
interface WebhookApi {

    @GET
    @Path("v1/webhooks")
    Response list(@HeaderParam("Authorization") String key, @RestQuery @Nullable String userId);

    @POST
    @Path("v1/webhooks/{kind}")
    Response create(@HeaderParam("Authorization") String key, @PathParam("kind") String kind, String body);

    @DELETE
    @Path("v1/webhooks/{id}")
    Response delete(@HeaderParam("Authorization") String key, @PathParam("id") String id);

    @GET
    @Path("webhooks")
    Response listDated(@HeaderParam("Authorization") String key, @HeaderParam("Quo-Api-Version") String version);

    @PATCH
    @Path("webhooks/{id}")
    Response change(@HeaderParam("Authorization") String key, @HeaderParam("Quo-Api-Version") String version,
            @PathParam("id") String id, String body);
}
