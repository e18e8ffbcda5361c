package org.openphoneimport.local.sample;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.openphoneimport.local.sample.ApiResource.CALLS;
import static org.openphoneimport.local.sample.ApiResource.RECORDINGS;
import static org.openphoneimport.local.sample.ApiResource.TRANSCRIPTS;

/** Calls of the whole workspace, those of groups included, and what hangs on a call, as the dated API has them. */
final class DatedCallRoutes {

    private static final Pattern INCLUDE = Pattern.compile("(summary|voicemail)(,(summary|voicemail))?");

    private final SampleWorkspace workspace;
    private final SampleCalls calls;

    DatedCallRoutes(SampleWorkspace workspace) {
        this.workspace = workspace;
        this.calls = workspace.calls();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/calls", CALLS,
                        Set.of("phoneNumberId", "createdAt[gte]", "createdAt[lte]", "include", "limit", "after"), this::calls),
                new Route("GET", "/calls/{callId}", CALLS, Set.of("include"), this::call),
                new Route("GET", "/calls/{callId}/recordings", RECORDINGS, Set.of("limit", "after"),
                        (request, id) -> parts(request, RECORDINGS, id, DatedSegment::recordingDocument)),
                new Route("GET", "/calls/{callId}/transcripts", TRANSCRIPTS, Set.of("limit", "after"),
                        (request, id) -> {
                            if (workspace.plan().refusesParts()) {
                                throw TRANSCRIPTS.forbidden();
                            }
                            return parts(request, TRANSCRIPTS, id, segment -> workspace.plan().hasParts()
                                    ? segment.transcriptDocument()
                                    : Optional.empty());
                        }));
    }

    private Reply calls(SampleRequest request, String none) {
        var query = new Query(request, CALLS);
        var number = query.optional("phoneNumberId", Query.PHONE_NUMBER);
        var created = query.fromTo("createdAt");
        var include = query.optional("include", INCLUDE).orElse("");
        return SamplePages.dated(request, CALLS).answer(calls.allPages(), Timeline.Order.NEWEST_FIRST,
                (SampleCall call) -> created.test(call.createdAt())
                        && number.filter(id -> !id.equals(call.phoneNumberId())).isEmpty(),
                call -> dated(call, include));
    }

    private Reply call(SampleRequest request, String id) {
        var include = new Query(request, CALLS).optional("include", INCLUDE).orElse("");
        return calls.call(id).map(call -> dated(call, include)).map(Route::data).orElseThrow(() -> CALLS.notFound(id));
    }

    private Reply parts(SampleRequest request, ApiResource resource, String id,
            Function<DatedSegment, Optional<JsonNode>> part) {
        var call = calls.call(id).orElseThrow(() -> resource.notFound(id));
        var segments = new Timeline<DatedSegment>(segment -> segment.recording().id(), DatedSegment::start);
        DatedSegment.of(call, calls).forEach(segments::put);
        return SamplePages.dated(request, resource).answer(segments, Timeline.Order.OLDEST_FIRST,
                segment -> part.apply(segment).isPresent(), segment -> part.apply(segment).orElseThrow());
    }

    private JsonNode dated(SampleCall call, String include) {
        var own = workspace.directory().numberEverKnown(call.phoneNumberId()).orElseThrow().number();
        ObjectNode document = Json.object(call);
        document.set("actorId", document.remove("userId"));
        var parties = document.putArray("participants");
        call.participants().forEach(party -> parties.addObject().put("phoneNumber", party).put("actorId",
                party.equals(own) ? call.userId() : null));
        if (include.contains("summary")) {
            document.set("summary", summary(call));
        }
        if (include.contains("voicemail")) {
            calls.voicemail(call.id()).ifPresent(voicemail -> document.set("voicemail", Json.tree(voicemail)));
        }
        return document;
    }

    private JsonNode summary(SampleCall call) {
        ObjectNode document = calls.summary(call.id()).filter(any -> workspace.plan().hasParts()).map(Json::object)
                .orElseGet(Json::emptyObject);
        document.remove("callId");
        if (!document.has("status")) {
            document.put("status", "absent").putNull("summary").putNull("nextSteps");
        }
        if (!document.has("jobs")) {
            document.putNull("jobs");
        }
        document.put("type", document.get("status").asText().equals("absent") ? null
                : call.aiHandled() == null ? "human" : "agent");
        document.putNull("title");
        return document;
    }
}
