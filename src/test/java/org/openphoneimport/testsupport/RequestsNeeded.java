package org.openphoneimport.testsupport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleConversation;
import org.openphoneimport.local.sample.http.RequestLog;

/** How many requests an import of a workspace costs, if it asks for nothing twice and for nothing in vain. */
public final class RequestsNeeded {

    private RequestsNeeded() {
    }

    /** What an import has asked for, by path template, beside what its checklist does with webhooks. */
    public static Map<String, Long> asked(RequestLog requests) {
        var asked = new TreeMap<>(requests.countByTemplate());
        asked.keySet().removeIf(template -> template.contains("webhooks"));
        return asked;
    }

    /** Requests by path template; what is not in here is not needed. */
    public static Map<String, Long> byTemplate(SampleWorkspace workspace) {
        var threads = threads(workspace);
        var needed = new TreeMap<String, Long>();
        // To try the key, and to verify.
        needed.put("/v1/phone-numbers", 2L);
        needed.put("/v1/users", pages(workspace.directory().users().size()));
        needed.put("/v1/contacts", pages(workspace.directory().contacts().size()));
        needed.put("/v1/contact-custom-fields", 1L);
        needed.put("/v1/tasks", pages(workspace.extras().tasks().size()));
        // All of them, then what moved meanwhile; and the same to verify.
        needed.put("/v1/conversations", 2 * (pages(workspace.threads().conversations().size()) + 1));
        // Last activities that are calls of several are asked for before they count as unavailable.
        needed.put("/v1/calls/{callId}", workspace.threads().conversations().stream()
                .filter(conversation -> workspace.calls().groupCalls().stream()
                        .anyMatch(call -> call.id().equals(conversation.lastActivityId())))
                .count());
        needed.put("/v1/messages", threads.values().stream().mapToLong(thread -> pages(thread.messages)).sum());
        needed.put("/v1/calls",
                threads.values().stream().filter(thread -> thread.oneToOne).mapToLong(thread -> pages(thread.calls)).sum());
        needed.putAll(ofCalls(workspace));
        needed.values().removeIf(count -> count == 0);
        return needed;
    }

    /** What belongs to calls: four requests each, whatever became of it. */
    private static Map<String, Long> ofCalls(SampleWorkspace workspace) {
        long calls = workspace.calls().calls().size();
        return Map.of("/v1/call-recordings/{callId}", calls, "/v1/call-transcripts/{id}", calls,
                "/v1/call-summaries/{callId}", calls, "/v1/call-voicemails/{callId}", calls);
    }

    /** Conversations with the same number and parties cannot be told apart by who asks: they are one thread. */
    private static Map<List<String>, Talk> threads(SampleWorkspace workspace) {
        var threads = new HashMap<List<String>, Talk>();
        var threadOf = new HashMap<String, Talk>();
        for (var conversation : workspace.threads().conversations()) {
            if (!conversation.participants().isEmpty()) {
                threadOf.put(conversation.id(), threads.computeIfAbsent(key(conversation),
                        key -> new Talk(key.size() == 2)));
            }
        }
        workspace.threads().messages().forEach(message -> {
            var thread = threadOf.get(message.conversationId());
            if (thread != null) {
                thread.messages++;
            }
        });
        for (var call : workspace.calls().calls()) {
            var own = workspace.directory().numberEverKnown(call.phoneNumberId()).orElseThrow().number();
            var others = call.participants().stream().filter(party -> !party.equals(own)).toList();
            var thread = threads.get(key(call.phoneNumberId(), others));
            if (thread != null) {
                thread.calls++;
            }
        }
        return threads;
    }

    private static List<String> key(SampleConversation conversation) {
        return key(conversation.phoneNumberId(), conversation.participants());
    }

    private static List<String> key(String phoneNumberId, List<String> parties) {
        var key = new ArrayList<>(new HashSet<>(parties).stream().sorted().toList());
        key.addFirst(phoneNumberId);
        return List.copyOf(key);
    }

    private static long pages(int rows) {
        return Math.max(1, (rows + Bench.PAGE - 1) / Bench.PAGE);
    }

    private static final class Talk {

        private final boolean oneToOne;
        private int messages;
        private int calls;

        Talk(boolean oneToOne) {
            this.oneToOne = oneToOne;
        }
    }
}
