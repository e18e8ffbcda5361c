package org.openphoneimport.local.sample;

import java.util.Map;
import java.util.Set;

import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * One endpoint.
 *
 * @param template for example {@code /v1/calls/{callId}}; at most one variable
 * @param parameters those the document knows
 */
record Route(String method, String template, ApiResource resource, Set<String> parameters, Handler handler) {

    /** Answers a request; throws {@link Refusal}. */
    @FunctionalInterface
    interface Handler {

        /** Answers, with the value of the path's variable; empty if it has none. */
        Reply answer(SampleRequest request, String id);
    }

    static Route list(String template, ApiResource resource, Set<String> parameters, Handler handler) {
        return new Route("GET", template, resource, parameters, handler);
    }

    static Route one(String template, ApiResource resource, Handler handler) {
        return new Route("GET", template, resource, Set.of(), handler);
    }

    /** Returns a single document as v1 wraps it. */
    static Reply data(Object document) {
        return Reply.json(200, Map.of("data", document));
    }

    boolean matches(String path) {
        if (!template.contains("{")) {
            return path.equals(template);
        }
        int variable = path.length() - before().length() - behind().length();
        return variable > 0 && path.startsWith(before()) && path.endsWith(behind()) && !variable(path).contains("/");
    }

    Reply answer(SampleRequest request) {
        return handler.answer(request, template.contains("{") ? variable(request.path()) : "");
    }

    private String variable(String path) {
        return path.substring(before().length(), path.length() - behind().length());
    }

    private String before() {
        return template.substring(0, template.indexOf('{'));
    }

    private String behind() {
        return template.substring(template.indexOf('}') + 1);
    }
}
