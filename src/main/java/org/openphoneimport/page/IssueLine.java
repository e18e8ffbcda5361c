package org.openphoneimport.page;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Address;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.status.IssueView;
import org.openphoneimport.status.RunView;

/**
 * An issue as the page shows it.
 *
 * @param id to try it again by
 * @param error whether something is missing
 * @param stage what was being done
 * @param subject what it is about
 * @param subjectId its OpenPhone id
 * @param what what happened
 * @param request what can be tried again; null when there is nothing to try
 * @param occurredAt when it was met first
 * @param retry whether it can be tried again now
 * @param name whom it is about; null where that is not known
 * @param numbers the same, as telephone numbers; empty where there are none
 */
public record IssueLine(long id, boolean error, String stage, String subject, String subjectId, String what,
        @Nullable String request, PageTime occurredAt, boolean retry, @Nullable String name, String numbers) {

    static IssueLine of(IssueView issue, RunView run) {
        boolean error = issue.level().equals("error");
        boolean retry = error && switch (run.status()) {
            case RUNNING, FAILED, COMPLETED -> issue.subject().equals("conversation") || issue.subject().equals("media");
            case VERIFYING -> issue.subject().equals("media");
            case PENDING, PAUSED, CANCELLED -> false;
        };
        return new IssueLine(issue.id(), error, issue.stage(), issue.subject(),
                Format.id(issue.subjectId()), Format.shortened(issue.what()),
                issue.request() == null ? null : Format.shortened(issue.request()), new PageTime(issue.occurredAt()), retry,
                issue.parties().name() == null ? null : Format.id(issue.parties().name()),
                Format.phones(issue.parties().numbers()));
    }

    /** Where what it is about is shown; null when that is no message, call or conversation. */
    public @Nullable String address() {
        return Address.ofSubject(subject, subjectId);
    }

    /**
     * Where a press to try it again is sent to.
     *
     * @param back where it leads afterwards, as a query: a filter of issues, or the run's page
     */
    public String retryAddress(String run, String back) {
        return "/runs/" + run + "/issues/" + id + "/retry" + back;
    }
}
