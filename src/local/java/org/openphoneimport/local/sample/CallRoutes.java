package org.openphoneimport.local.sample;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.openphoneimport.local.sample.document.SampleCall;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import static org.openphoneimport.local.sample.ApiResource.CALLS;
import static org.openphoneimport.local.sample.ApiResource.RECORDINGS;
import static org.openphoneimport.local.sample.ApiResource.SUMMARIES;
import static org.openphoneimport.local.sample.ApiResource.TRANSCRIPTS;
import static org.openphoneimport.local.sample.ApiResource.VOICEMAILS;

/** Calls between two, and what hangs on a call. */
final class CallRoutes {

    private final SampleCalls calls;
    private final Access access;
    private final SamplePlan plan;

    CallRoutes(SampleWorkspace workspace) {
        this.calls = workspace.calls();
        this.access = new Access(workspace.directory());
        this.plan = workspace.plan();
    }

    List<Route> routes() {
        return List.of(
                Route.list("/v1/calls", CALLS,
                        Set.of("phoneNumberId", "userId", "participants", "since", "createdAfter", "createdBefore",
                                "maxResults", "pageToken"),
                        this::calls),
                Route.one("/v1/calls/{callId}", CALLS, this::call),
                Route.one("/v1/call-recordings/{callId}", RECORDINGS, this::recordings),
                Route.one("/v1/call-voicemails/{callId}", VOICEMAILS,
                        (request, id) -> part(VOICEMAILS, id, calls.voicemail(id))),
                Route.one("/v1/call-transcripts/{id}", TRANSCRIPTS,
                        (request, id) -> ofPlan(TRANSCRIPTS, id, calls.transcript(id))),
                Route.one("/v1/call-summaries/{callId}", SUMMARIES,
                        (request, id) -> ofPlan(SUMMARIES, id, calls.summary(id))));
    }

    private Reply calls(SampleRequest request, String none) {
        var query = new Query(request, CALLS);
        var phoneNumberId = query.required("phoneNumberId", Query.PHONE_NUMBER);
        var participants = query.requiredArray("participants", Query.ANY);
        if (participants.size() > 1) {
            throw CALLS.tooManyParticipants();
        }
        var created = query.within("created");
        var since = query.since();
        var paging = new SamplePages(request, CALLS, ThreadRoutes.MOST_RESULTS);
        access.check(request, CALLS, phoneNumberId);
        plan.checkNumber(CALLS, phoneNumberId);
        return paging.answer(calls.callPages(new Parties(phoneNumberId, participants)),
                (SampleCall call) -> created.test(call.createdAt()) && since.test(call.createdAt()));
    }

    private Reply call(SampleRequest request, String id) {
        var call = calls.call(id).orElseThrow(() -> CALLS.notFound(id));
        if (call.group()) {
            throw CALLS.tooManyParticipants();
        }
        return Route.data(call);
    }

    private Reply recordings(SampleRequest request, String id) {
        if (calls.call(id).isEmpty()) {
            throw RECORDINGS.notFound(id);
        }
        return Route.data(calls.recordings(id));
    }

    /** Belongs to some plans only. */
    private Reply ofPlan(ApiResource resource, String callId, Optional<?> document) {
        plan.checkParts(resource, callId);
        return part(resource, callId, document);
    }

    private static Reply part(ApiResource resource, String callId, Optional<?> document) {
        return document.map(Route::data).orElseThrow(() -> resource.notFound(callId));
    }
}
