package org.openphoneimport.chaos;

import java.util.Set;
import java.util.TreeMap;

import org.openphoneimport.local.sample.http.SampleRequest;

/** What lists of OpenPhone have in common, whichever generation of the API is asked for them. */
final class Lists {

    private static final Set<String> CONVERSATIONS = Set.of("/v1/conversations", "/conversations");
    private static final Set<String> MESSAGES = Set.of("/v1/messages", "/messages");
    private static final Set<String> TOKENS = Set.of("pageToken", "after");

    private Lists() {
    }

    static boolean isOfConversations(String template) {
        return CONVERSATIONS.contains(template);
    }

    static boolean isOfMessages(String template) {
        return MESSAGES.contains(template);
    }

    /** Whether somebody finds out if all this can be asked, rather than reads anything. */
    static boolean isProbe(SampleRequest request) {
        return request.parameter("maxResults").or(() -> request.parameter("limit")).orElse("").equals("1");
    }

    /** Whether a page of this list has been asked for before. */
    static boolean goesOn(SampleRequest request) {
        return request.parameters().keySet().stream().anyMatch(TOKENS::contains);
    }

    /** The list that a request asks for a page of. */
    static String of(SampleRequest request) {
        var question = new TreeMap<>(request.parameters());
        question.keySet().removeAll(TOKENS);
        return request.path() + question;
    }
}
