package org.openphoneimport.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openphoneimport.invocation.Functions;
import org.openphoneimport.media.MediaReports;

/** What runs know of their files: a warning while one waits for another try, an error when its tries are used up. */
@ApplicationScoped
class MediaIssues implements MediaReports {

    private static final String STAGE = "media";
    private static final String SUBJECT = "media";

    private final IssueLog issues;
    private final Runs runs;
    private final Functions functions;

    MediaIssues(IssueLog issues, Runs runs, Functions functions) {
        this.issues = issues;
        this.runs = runs;
        this.functions = functions;
    }

    @Override
    public void waits(Report report) {
        report.runs().forEach(run -> issues.add(run, List.of(
                Issue.warning(STAGE, SUBJECT, report.id(), report.what(), request(report)))));
    }

    @Override
    public void failed(Report report) {
        report.runs().forEach(run -> {
            issues.resolve(run, Issue.Level.WARNING, STAGE, SUBJECT, List.of(report.id()));
            issues.add(run, List.of(Issue.error(STAGE, SUBJECT, report.id(), report.what(), request(report))));
        });
    }

    @Override
    public void arrived(Report report) {
        report.runs().forEach(run -> {
            issues.resolve(run, Issue.Level.WARNING, STAGE, SUBJECT, List.of(report.id()));
            issues.resolve(run, Issue.Level.ERROR, STAGE, SUBJECT, List.of(report.id()));
        });
    }

    @Override
    public void tried(Collection<UUID> tried) {
        if (tried.stream().anyMatch(runs::mayEnd)) {
            functions.invokeLater("keep-runs", Map.of());
        }
    }

    private static String request(Report report) {
        return "GET " + report.url();
    }
}
