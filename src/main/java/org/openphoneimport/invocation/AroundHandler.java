package org.openphoneimport.invocation;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import org.jspecify.annotations.Nullable;

import com.amazonaws.services.lambda.runtime.Context;

/** Stands around the handlers of functions. */
@Invoked
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class AroundHandler {

    private final Schema schema;

    AroundHandler(Schema schema) {
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
            schema.migrateOnce();
            return invocation.proceed();
        } finally {
            LogContext.clear();
        }
    }
}
