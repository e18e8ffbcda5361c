package org.openphoneimport.local.sample;

import java.util.Map;
import java.util.Set;

import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * One endpoint.
 *
 * @param template for example {@code /v1/calls/{callId}}; at most one variable, at the end
 * @param parameters those the v1 document knows
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
        var fixed = fixedPart();
        return fixed.length() == template.length() ? path.equals(template)
                : path.length() > fixed.length() && path.startsWith(fixed) && path.indexOf('/', fixed.length()) < 0;
    }

    Reply answer(SampleRequest request) {
        return handler.answer(request, request.path().substring(fixedPart().length()));
    }

    private String fixedPart() {
        int variable = template.indexOf('{');
        return variable < 0 ? template : template.substring(0, variable);
    }
}
