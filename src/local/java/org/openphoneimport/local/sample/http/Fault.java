package org.openphoneimport.local.sample.http;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What happens to one request instead of the normal answer. */
public sealed interface Fault {

    /** The normal answer. */
    record None() implements Fault {
    }

    /** Another answer; the request has no effect. */
    record Answer(Reply reply) implements Fault {
    }

    /** The normal answer, changed. */
    record Change(UnaryOperator<Reply> change) implements Fault {
    }

    /** Something else, or the normal answer, after a while. */
    record Delay(Duration time, Fault then) implements Fault {
    }

    /** The connection ends after that share (0 to 1) of the normal answer's body; with 0 not even the status is sent. */
    record Cut(double share) implements Fault {
    }

    /** Nothing at all, until the client gives up, another interceptor decides or the server is closed. */
    record NoAnswer() implements Fault {
    }

    /** Answers normally. */
    static Fault none() {
        return new None();
    }

    /** Answers with that status and a body in the flat shape of the API. */
    static Fault status(int status) {
        return new Answer(Problem.of(status, "0000" + status, "Injected", "Injected " + status).reply());
    }

    /** Answers something complete of one's own. */
    static Fault answer(Reply reply) {
        return new Answer(reply);
    }

    /** Answers 200 with a page for people, as captive portals and proxies do. */
    static Fault html() {
        return new Answer(Reply.html(200, "<!DOCTYPE html><html><body><h1>We'll be right back</h1></body></html>"));
    }

    /** Answers JSON that ends in the middle, under a content length that fits. */
    static Fault truncated() {
        return new Change(reply -> reply.truncate(0.5));
    }

    /** Answers normally, but for that change of the document. */
    static Fault changed(UnaryOperator<JsonNode> change) {
        return new Change(reply -> reply.changeJson(change));
    }

    /** Answers normally, but for the rows of a list with these ids, which are left out. Tasks call theirs {@code taskId}. */
    static Fault without(Set<String> ids) {
        return changed(page -> {
            ObjectNode changed = page.deepCopy();
            var rows = changed.putArray("data");
            page.path("data").forEach(row -> {
                if (!ids.contains(row.path("id").asText()) && !ids.contains(row.path("taskId").asText())) {
                    rows.add(row);
                }
            });
            return changed;
        });
    }

    /** Answers normally after a while. */
    static Fault delayed(Duration time) {
        return new Delay(time, new None());
    }

    /** Ends the connection in the middle of the body. */
    static Fault cut() {
        return new Cut(0.5);
    }
}
