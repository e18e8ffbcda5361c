package org.openphoneimport.testsupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a function answered.
 *
 * @param failed whether the function failed; then the document says why, as in AWS
 */
public record Answer(boolean failed, JsonNode document) {

    /** Why the function failed, as a sentence. */
    public String error() {
        if (!failed) {
            throw new AssertionError("The function did not fail, but answered " + document);
        }
        return document.path("errorMessage").asText();
    }
}
