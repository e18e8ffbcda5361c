package org.openphoneimport.local.sample;

import java.util.List;

import org.openphoneimport.local.sample.http.Problem;
import org.openphoneimport.local.sample.http.Reply;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/** An error as the dated API words it: without a numeric code, and without the status. */
record DatedProblem(@JsonIgnore int status, String title, String message, String docs, String trace,
        @JsonInclude(Include.NON_EMPTY) List<Problem.Detail> errors) {

    static DatedProblem of(Problem problem) {
        return new DatedProblem(problem.status(), problem.title(), problem.message(), problem.docs(), problem.trace(),
                problem.errors());
    }

    Reply reply() {
        return Reply.json(status, this);
    }
}
