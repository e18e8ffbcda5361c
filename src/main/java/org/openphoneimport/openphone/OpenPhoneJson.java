package org.openphoneimport.openphone;

import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads what OpenPhone sends, numbers to the last digit. */
@Singleton
public class OpenPhoneJson {

    private static final int LONGEST_MESSAGE = 300;

    // Jackson reads numbers of up to 1,000 digits unless told otherwise, and one longer number would cost a page.
    private static final int LONGEST_NUMBER = 1_000_000;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build()).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public JsonNode read(String body) throws JsonProcessingException {
        return mapper.readTree(body);
    }

    /** An error of OpenPhone; empty when it is none. */
    Optional<ErrorDocument> error(String body) {
        try {
            return ErrorDocument.of(read(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The message of an error in either of v1's shapes: {@code {"message"}} or {@code {"error":{"message"}}}. */
    Optional<String> errorMessage(String body) {
        try {
            var document = read(body);
            var message = document.path("error").path("message").asText(document.path("message").asText(""));
            return message.isBlank() ? Optional.empty()
                    : Optional.of(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
