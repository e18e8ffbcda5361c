package org.openphoneimport.invocation;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.arc.DefaultBean;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Functions as they stand in AWS Lambda. */
@ApplicationScoped
@DefaultBean
class LambdaFunctions implements Functions {

    private static final Logger LOG = Logger.getLogger(LambdaFunctions.class);

    private final ObjectMapper mapper;
    private final InvocationConfig config;

    LambdaFunctions(ObjectMapper mapper, InvocationConfig config) {
        this.mapper = mapper;
        this.config = config;
    }

    @Override
    public void invokeLater(String function, Map<String, ?> payload) {
        // Made for the one call: it is needed twice a run, and a connection would not outlive the function's sleep.
        try (var lambda = LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
            var json = SdkBytes.fromUtf8String(mapper.writeValueAsString(payload));
            lambda.invoke(
                    request -> request.functionName(config.prefix() + function).qualifier(config.alias().orElse(null))
                            .invocationType(InvocationType.EVENT).payload(json));
        } catch (SdkException e) {
            LOG.warnf("Failed to invoke %s; keep-runs will do it: %s", function, e.getMessage());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Failed to write the payload of " + function + ": " + e.getMessage(), e);
        }
    }
}
