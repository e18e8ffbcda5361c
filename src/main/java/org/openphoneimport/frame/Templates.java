package org.openphoneimport.frame;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of pages that stand in for others. */
@CheckedTemplate
final class Templates {

    private Templates() {
    }

    static native TemplateInstance login(LoginPage page);

    static native TemplateInstance error(ErrorPage page);

    static native TemplateInstance away(AwayPage page);
}
