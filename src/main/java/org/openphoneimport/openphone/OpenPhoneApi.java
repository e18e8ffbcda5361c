package org.openphoneimport.openphone;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * OpenPhone over HTTP, v1 and the API of a date. Only {@link Gateway} may use it: a call from anywhere else would pass by the
 * rate limiter.
 */
@RegisterRestClient(configKey = "openphone")
@Path("/")
interface OpenPhoneApi {

    @GET
    @Path("v1/{resource}")
    Response list(@HeaderParam("Authorization") String key, @PathParam("resource") String resource,
            @RestQuery MultivaluedMap<String, String> query);

    @GET
    @Path("v1/{resource}/{id}")
    Response get(@HeaderParam("Authorization") String key, @PathParam("resource") String resource,
            @PathParam("id") String id);

    @GET
    @Path("{resource}")
    Response listDated(@HeaderParam("Authorization") String key, @HeaderParam("Quo-Api-Version") String version,
            @PathParam("resource") String resource, @RestQuery MultivaluedMap<String, String> query);

    @GET
    @Path("{resource}/{id}")
    Response getDated(@HeaderParam("Authorization") String key, @HeaderParam("Quo-Api-Version") String version,
            @PathParam("resource") String resource, @PathParam("id") String id,
            @RestQuery MultivaluedMap<String, String> query);

    @GET
    @Path("{resource}/{id}/{part}")
    Response listDated(@HeaderParam("Authorization") String key, @HeaderParam("Quo-Api-Version") String version,
            @PathParam("resource") String resource, @PathParam("id") String id, @PathParam("part") String part,
            @RestQuery MultivaluedMap<String, String> query);
}
