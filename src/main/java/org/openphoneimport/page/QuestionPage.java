package org.openphoneimport.page;

import org.openphoneimport.frame.Frame;
import org.openphoneimport.frame.PageTime;

/**
 * Asks once before something that cannot be undone.
 *
 * @param frame what stands around it
 * @param question a sentence
 * @param consequence what will be, and what will not
 * @param started when the run began that it is about
 * @param action where a yes is sent to
 * @param yes the button that does it
 * @param no the button that does not
 * @param back where a no leads
 */
public record QuestionPage(Frame frame, String question, String consequence, PageTime started, String action, String yes,
        String no,
        String back) {

    static QuestionPage cancel(Frame frame, RunPanel run) {
        return new QuestionPage(frame.titled("Cancel?"),
                "Cancel the %s?".formatted(run.type().toLowerCase(java.util.Locale.ROOT)),
                "It cannot be resumed afterwards. What was imported stays, and a new run imports nothing twice. "
                        + "To go on later, pause it instead.",
                run.started(), run.to("cancel"), "Cancel the run", "Keep running", "/runs/" + run.id());
    }
}
