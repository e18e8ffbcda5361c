package org.openphoneimport.frame;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.openphoneimport.access.Sessions;
import org.openphoneimport.access.Users;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;

/** The way in and out. What the form sends, Quarkus takes before it gets here. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginResource {

    private final Frames frames;
    private final Users users;
    private final Sessions sessions;
    private final SecurityIdentity identity;
    private final String cookie;

    LoginResource(Frames frames, Users users, Sessions sessions, SecurityIdentity identity,
            @ConfigProperty(name = "quarkus.http.auth.form.cookie-name") String cookie) {
        this.frames = frames;
        this.users = users;
        this.sessions = sessions;
        this.identity = identity;
        this.cookie = cookie;
    }

    @GET
    @Path("/login")
    @Operation(hidden = true)
    public TemplateInstance login(@QueryParam("wrong") boolean wrong) {
        return Templates.login(new LoginPage(frames.still("Sign in"), wrong, users.isEmpty()));
    }

    @POST
    @Path("/logout")
    @Operation(hidden = true)
    public Response logout() {
        sessions.end(identity);
        return Response.seeOther(java.net.URI.create("/login"))
                .cookie(new NewCookie.Builder(cookie).value("").path("/").maxAge(0).httpOnly(true).build()).build();
    }
}
