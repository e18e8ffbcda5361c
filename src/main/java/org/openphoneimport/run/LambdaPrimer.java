package org.openphoneimport.run;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.invocation.InvocationConfig;
import org.openphoneimport.invocation.Primer;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** The way to Lambda, which is asked whether it could invoke a function, and does not. */
@ApplicationScoped
class LambdaPrimer implements Primer {

    private final InvocationConfig config;

    LambdaPrimer(InvocationConfig config) {
        this.config = config;
    }

    @Override
    public void prime() {
        try (var lambda = LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
            lambda.invoke(request -> request.functionName(config.prefix() + "keep-runs")
                    .qualifier(config.alias().orElse(null)).invocationType(InvocationType.DRY_RUN));
        }
    }
}
