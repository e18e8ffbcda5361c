package org.openphoneimport.invocation;

import java.util.Map;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.secret.RequiredSecrets;

import com.amazonaws.services.lambda.runtime.Context;

/** Stands around the handlers of functions. */
@Invoked
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class AroundHandler {

    private static final Logger LOG = Logger.getLogger(AroundHandler.class);

    private final InvocationConfig config;
    private final RequiredSecrets secrets;
    private final Schema schema;

    AroundHandler(InvocationConfig config, RequiredSecrets secrets, Schema schema) {
        this.config = config;
        this.secrets = secrets;
        this.schema = schema;
    }

    @AroundInvoke
    @Nullable
    Object handle(InvocationContext invocation) throws Exception {
        for (var parameter : invocation.getParameters()) {
            if (parameter instanceof Context context) {
                LogContext.invocation(context.getAwsRequestId(), context.getFunctionName());
            }
        }
        try {
            // The others work only when these have.
            var lacking = config.migrate() ? secrets.lacking() : Optional.<String> empty();
            if (lacking.isPresent()) {
                return without(lacking.get(), invocation.getTarget());
            }
            schema.migrateOnce();
            return invocation.proceed();
        } finally {
            LogContext.clear();
        }
    }

    private static Object without(String lacking, Object handler) {
        if (!(handler instanceof Recurring)) {
            throw new IllegalStateException(lacking);
        }
        LOG.warnf("Nothing is done yet. %s", lacking);
        return Map.of("waitsFor", lacking);
    }
}
