package org.openphoneimport.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One method of one path. */
final class Operation {

    private static final int TOO_MANY_REQUESTS = 429;

    private final String method;
    private final String template;
    private final Pattern path;
    private final List<Parameter> parameters;
    private final JsonNode node;
    private final References references;

    Operation(String method, String template, JsonNode pathItem, JsonNode node, References references) {
        this.method = method.toUpperCase(Locale.ROOT);
        this.template = template;
        this.path = Pattern.compile(template.replaceAll("\\{[^}]+}", "([^/]+)"));
        this.node = node;
        this.references = references;
        this.parameters = Stream.of(pathItem, node)
                .flatMap(owner -> StreamSupport.stream(owner.path("parameters").spliterator(), false))
                .map(each -> new Parameter(references.resolve(each), references)).toList();
    }

    boolean matches(String asked, String at) {
        return method.equals(asked) && path.matcher(at).matches();
    }

    boolean hasVariable() {
        return template.contains("{");
    }

    List<String> violations(SampleRequest request) {
        var violations = new ArrayList<String>();
        var known = new HashSet<String>();
        var variables = path.matcher(request.path());
        if (!variables.matches()) {
            throw new IllegalArgumentException(request.path() + " is not " + template);
        }
        for (var parameter : parameters) {
            var value = switch (parameter.place()) {
                case "path" -> parameter.of(variables.group(1));
                case "header" -> request.header(parameter.name()).map(parameter::of).orElse(null);
                default -> parameter.of(request.parameters(), known);
            };
            violations.addAll(parameter.violations(value));
        }
        request.parameters().keySet().stream().filter(name -> !known.contains(name))
                .forEach(name -> violations.add("unknown parameter " + name));
        violations.addAll(bodyViolations(request.body()));
        return violations;
    }

    private List<String> bodyViolations(String body) {
        var content = references.resolve(node.path("requestBody")).path("content").path("application/json");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of("a body where none is expected");
        }
        return body.isEmpty() ? List.of("no body") : fitting(content.path("schema"), body.getBytes(UTF_8), "body");
    }

    List<String> violations(Reply reply) {
        var response = references.resolve(node.path("responses").path(String.valueOf(reply.status())));
        if (response.isMissingNode()) {
            // v1's document names no 429 at all, although its prose does.
            return reply.status() == TOO_MANY_REQUESTS ? List.of() : List.of("no such status: " + reply.status());
        }
        var content = response.path("content").path("application/json");
        if (content.isMissingNode()) {
            return reply.body().length == 0 ? List.of() : List.of(reply.status() + " has no body");
        }
        if (!reply.headers().getOrDefault("Content-Type", "").startsWith("application/json")) {
            return List.of(reply.status() + " is not JSON");
        }
        return fitting(content.path("schema"), reply.body(), String.valueOf(reply.status()));
    }

    private List<String> fitting(JsonNode schema, byte[] json, String what) {
        return references.violations(schema, Json.read(json)).stream()
                .filter(error -> !KnownDeviation.explains(template, error))
                .map(error -> what + " " + error.getInstanceLocation() + ": " + error.getMessage()).toList();
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
