package org.openphoneimport.local.sample.http;

/** Decides, for each request that was granted, whether it is answered normally. Called by many threads at once. */
@FunctionalInterface
public interface Interceptor {

    /** Answers every request normally. */
    Interceptor NONE = request -> Fault.none();

    /** Returns what happens to this request. */
    Fault intercept(SampleRequest request);

    /** Returns an interceptor that lets another decide what this one leaves alone. */
    default Interceptor orElse(Interceptor other) {
        return request -> switch (intercept(request)) {
            case Fault.None() -> other.intercept(request);
            case Fault fault -> fault;
        };
    }
}
