package org.openphoneimport.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/** Answers with what it was asked: the body as it came, the rest in headers, some of which come more than once. */
@ApplicationScoped
class EchoRoute {

    void register(@Observes Router router) {
        router.route("/test/echo").order(-1).handler(BodyHandler.create(false)).handler(context -> {
            var request = context.request();
            var answer = context.response();
            answer.headers()
                    .add("Content-Type", "application/octet-stream")
                    .add("Asked", request.method() + " " + request.uri())
                    .add("Cookies", String.valueOf(request.getHeader("Cookie")))
                    .add("Claims", request.getHeader("X-Forwarded-For") + " " + request.getHeader("Forwarded") + " "
                            + request.getHeader("X-Forwarded-Host"))
                    .add("Location", "http://" + request.getHeader("Host") + "/next")
                    .add("Vary", "Accept").add("Vary", "Cookie")
                    .add("Set-Cookie", "one=1; HttpOnly").add("Set-Cookie", "two=2; Path=/");
            answer.end(context.body().buffer() == null ? Buffer.buffer() : context.body().buffer());
        });
    }
}
