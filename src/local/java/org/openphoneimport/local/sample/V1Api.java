package org.openphoneimport.local.sample;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.http.Api;
import org.openphoneimport.local.sample.http.Problem;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/** OpenPhone's v1 API over a workspace: lets in whom the real one lets in, and finds the route. */
final class V1Api implements Api {

    /** Cloudflare turns away what names itself after a library; it did so with Python's, and we hold Java's for as suspect. */
    private static final List<String> REFUSED_AGENTS = List.of("Java-http-client", "Java/", "Python-urllib");

    private final List<Route> routes;
    private final String apiKey;
    private final Set<String> unknownParameters = new ConcurrentSkipListSet<>();

    V1Api(SampleWorkspace workspace, String apiKey) {
        this.apiKey = apiKey;
        // fixed paths before those with a variable
        this.routes = Stream.of(new DirectoryRoutes(workspace).routes(), new ThreadRoutes(workspace).routes(),
                new CallRoutes(workspace).routes(), new WebhookRoutes(workspace).routes()).flatMap(List::stream)
                .sorted(Comparator.comparing(route -> route.template().contains("{"))).toList();
    }

    @Override
    public String template(String path) {
        return routes.stream().filter(route -> route.matches(path)).findFirst().map(Route::template).orElse(path);
    }

    @Override
    public Reply answer(SampleRequest request) {
        if (turnedAway(request)) {
            return Reply.html(403, "<!DOCTYPE html><title>Access denied</title><body>error code: 1010</body>");
        }
        if (!request.header("Authorization").orElse("").equals(apiKey)) {
            return Reply.json(401, Map.of("error",
                    Map.of("message", "Unauthorized", "key", "unauthorized", "trace", Problem.newTrace())));
        }
        return routes.stream().filter(route -> route.method().equals(request.method()) && route.matches(request.path()))
                .findFirst().map(route -> answer(route, request)).orElseGet(() -> unknown(request));
    }

    static boolean turnedAway(SampleRequest request) {
        var agent = request.header("User-Agent").orElse("");
        return agent.isBlank() || REFUSED_AGENTS.stream().anyMatch(agent::startsWith);
    }

    /** Returns what was asked with parameters the document does not know, for example {@code /v1/contacts pageSize}. */
    Set<String> unknownParameters() {
        return new TreeSet<>(unknownParameters);
    }

    private Reply answer(Route route, SampleRequest request) {
        // ignored like the real one does, but remembered: a misspelt filter widens the result without an error
        request.parameters().keySet().stream().filter(name -> !route.parameters().contains(name))
                .forEach(name -> unknownParameters.add(route.template() + " " + name));
        try {
            return route.answer(request);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private static Reply unknown(SampleRequest request) {
        return Reply.html(404, "<!DOCTYPE html><html lang=\"en\"><head><title>Error</title></head><body><pre>Cannot %s %s</pre>"
                .formatted(request.method(), request.path()) + "</body></html>");
    }
}
