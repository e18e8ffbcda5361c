package org.openphoneimport.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of pages about runs, each with the one record that answers its questions. */
@CheckedTemplate
final class Templates {

    private Templates() {
    }

    static native TemplateInstance run(RunPage page);

    static native TemplateInstance start(StartPage page);

    static native TemplateInstance runs(RunsPage page);

    static native TemplateInstance issues(IssuesPage page);

    static native TemplateInstance log(LogPage page);

    static native TemplateInstance proof(ProofPage page);

    static native TemplateInstance question(QuestionPage page);
}
