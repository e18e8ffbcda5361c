package org.openphoneimport.local.sample;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.http.Api;
import org.openphoneimport.local.sample.http.Problem;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * OpenPhone's API of a date over a workspace, stricter than v1: it wants to be told its version before anything else, and
 * refuses what it does not know.
 */
final class DatedApi implements Api {

    static final String VERSION = "2026-03-30";

    private static final String VERSION_HEADER = "Quo-Api-Version";

    private final List<Route> routes;
    private final String apiKey;

    DatedApi(SampleWorkspace workspace, String apiKey) {
        this.apiKey = apiKey;
        // fixed paths before those with a variable
        this.routes = Stream
                .of(new DatedWebhookRoutes(workspace).routes(), new DatedDirectoryRoutes(workspace).routes(),
                        new DatedContactRoutes(workspace).routes(), new DatedThreadRoutes(workspace).routes(),
                        new DatedCallRoutes(workspace).routes())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(route -> route.template().contains("{"))).toList();
    }

    boolean knows(String path) {
        return routes.stream().anyMatch(route -> route.matches(path));
    }

    @Override
    public String template(String path) {
        return routes.stream().filter(route -> route.matches(path)).findFirst().map(Route::template).orElse(path);
    }

    @Override
    public Reply answer(SampleRequest request) {
        if (V1Api.turnedAway(request)) {
            return Reply.html(403, "<!DOCTYPE html><title>Access denied</title><body>error code: 1010</body>");
        }
        if (!request.header(VERSION_HEADER).orElse("").equals(VERSION)) {
            return problem(400, "Bad Request", "The header " + VERSION_HEADER + " must name a version that exists");
        }
        if (!request.header("Authorization").orElse("").equals(apiKey)) {
            return problem(401, "Unauthorized", "Unauthorized");
        }
        return routes.stream().filter(route -> route.method().equals(request.method()) && route.matches(request.path()))
                .findFirst().map(route -> answer(route, request))
                .orElseGet(() -> problem(405, "Method Not Allowed", "Method Not Allowed"));
    }

    private static Reply answer(Route route, SampleRequest request) {
        try {
            for (var name : request.parameters().keySet()) {
                if (!route.parameters().contains(name)) {
                    throw route.resource().badParameter(name, "Unrecognized key", request.parameter(name).orElse(""), "object");
                }
            }
            return route.answer(request);
        } catch (Refusal refusal) {
            return refusal.datedReply();
        }
    }

    private static Reply problem(int status, String title, String message) {
        return DatedProblem.of(Problem.of(status, "", title, message)).reply();
    }
}
