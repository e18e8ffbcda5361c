package org.openphoneimport.local.sample;

import org.openphoneimport.local.sample.document.SampleTask;
import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tasks as each generation of the API writes them. */
final class SampleTasks {

    private SampleTasks() {
    }

    /** With booleans, and a revision that is a text. */
    static ObjectNode v1(SampleTask task) {
        var document = document(task);
        document.put("completed", task.status().equals("completed"));
        document.put("isDeleted", task.status().equals("deleted"));
        document.put("revision", String.valueOf(task.revision()));
        return document;
    }

    /** With a status, and without what is null: only some fields are sure. */
    static ObjectNode dated(SampleTask task) {
        var document = document(task);
        if (task.status().equals("deleted")) {
            document.properties().removeIf(field -> field.getValue().isNull());
        }
        document.put("status", task.status());
        document.put("revision", task.revision());
        return document;
    }

    private static ObjectNode document(SampleTask task) {
        ObjectNode document = Json.object(task);
        document.remove("status");
        document.set("taskId", document.remove("id"));
        document.put("orgId", SampleWebhooks.ORGANIZATION);
        document.putNull("phoneNumberGroupId");
        return document;
    }
}
