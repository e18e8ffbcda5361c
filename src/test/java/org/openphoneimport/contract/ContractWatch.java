package org.openphoneimport.contract;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.SampleRequest;

/** Holds each request that is answered normally, and its answer, against the contract of its generation. */
public final class ContractWatch implements Interceptor {

    private final Set<String> violations = new ConcurrentSkipListSet<>();
    private final Set<String> operations = new ConcurrentSkipListSet<>();

    @Override
    public Fault intercept(SampleRequest request) {
        var contract = Contract.of(request.path());
        operations.add(contract.nameOf(request).orElse("unknown"));
        note("request", request, contract.violations(request));
        return new Fault.Change(reply -> {
            note("answer", request, contract.violations(request, reply));
            return reply;
        });
    }

    /** What did not fit so far, the same of the same operation once. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** What has been asked, such as {@code GET /v1/calls}. */
    public Set<String> operations() {
        return Collections.unmodifiableSet(new TreeSet<>(operations));
    }

    private void note(String what, SampleRequest request, List<String> found) {
        found.forEach(violation -> violations.add("%s: %s %s: %s".formatted(what, request.method(), request.template(),
                violation.replaceAll("/\\d+", "/n"))));
    }
}
