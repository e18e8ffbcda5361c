package org.openphoneimport.local.sample;

import org.openphoneimport.local.sample.http.Problem;
import org.openphoneimport.local.sample.http.Reply;

/** Ends a request that the API refuses. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refusal(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Reply reply() {
        return problem.reply();
    }

    /** Returns the answer as the dated API words it. */
    Reply datedReply() {
        return DatedProblem.of(problem).reply();
    }
}
