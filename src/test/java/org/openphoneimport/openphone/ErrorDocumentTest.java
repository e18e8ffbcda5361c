package org.openphoneimport.openphone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorDocumentTest {

    private final OpenPhoneJson json = new OpenPhoneJson();

    @ParameterizedTest
    @ValueSource(strings = {
            """
                    {"message":"Not Found","code":"0100404","status":404,"docs":"https://quo.com/docs","title":"Not Found",
                    "trace":"1234567890123456789"}""",
            """
                    {"message":"Too Many Participants","code":"0101400","status":400,"docs":"https://quo.com/docs",
                    "title":"Too Many Participants","description":"Too Many Participants"}""",
            """
                    {"message":"Subscription Expired","code":"0201402","status":402}""",
            """
                    {"message":"Not Found","docs":"https://quo.com/docs","title":"Not Found"}""",
            """
                    {"message":"Request validation failed","docs":"https://quo.com/docs","title":"Bad Request","trace":"12",
                    "errors":[{"path":"/query/limit","message":"Expected integer"}]}""",
            """
                    {"message":"Unauthorized","trace":"1234567890123456789"}""",
            """
                    {"error":{"message":"Unauthorized","key":"unauthorized","trace":"1"}}""",
            """
                    {"error":{"message":"Unauthorized","trace":"1"}}""" })
    void what_openphone_documents_is_its_answer(String body) {
        assertThat(json.error(body)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "404", "\"Not Found\"", "{}", "<html><body>404 Not Found</body></html>",
            "404 page not found",
            // gateways of AWS, Kong, Azure, Google
            "{\"message\":\"Forbidden\"}", "{\"message\":\"no Route matched with those values\",\"request_id\":\"1\"}",
            "{\"statusCode\":404,\"message\":\"Resource not found\"}", "{\"code\":5,\"message\":\"Not Found\",\"details\":[]}",
            "{\"error\":{\"code\":403,\"message\":\"Forbidden\",\"status\":\"PERMISSION_DENIED\"}}",
            // frameworks
            "{\"error\":\"Not Found\"}", "{\"message\":\"Cannot GET /v1\",\"error\":\"Not Found\",\"statusCode\":404}",
            "{\"status\":404,\"error\":\"Not Found\",\"message\":\"No static resource\",\"path\":\"/v1\",\"trace\":\"java.lang.X\"}",
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"nothing here\"}",
            "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"Could not route\"}]}",
            "{\"message\":\"\",\"title\":\"Not Found\"}", "{\"message\":{},\"title\":\"Not Found\"}" })
    void what_others_answer_is_not(String body) {
        assertThat(json.error(body)).isEmpty();
    }

    @Test
    void code_and_title_are_told() {
        var error = json.error("{\"message\":\"Expired\",\"code\":\"0201402\",\"title\":\"Subscription Expired\"}")
                .orElseThrow();

        assertThat(error).isEqualTo(new ErrorDocument("Expired", "Subscription Expired", "0201402"));
    }
}
