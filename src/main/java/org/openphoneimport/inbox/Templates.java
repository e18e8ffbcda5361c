package org.openphoneimport.inbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates of pages that show what was imported. */
@CheckedTemplate
final class Templates {

    private Templates() {
    }

    static native TemplateInstance conversations(ConversationsPage page);

    static native TemplateInstance conversation(ConversationPage page);
}
