package org.openphoneimport.verification;

import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.openphone.Paging;

/** Reads a conversation from its first page to its last, and has it compared with what is stored. */
@ApplicationScoped
class Rereading {

    private final OpenPhone openPhone;
    private final Comparison comparison;
    private final Answers answers;
    private final OtherGeneration other;

    Rereading(OpenPhone openPhone, Comparison comparison, Answers answers, OtherGeneration other) {
        this.openPhone = openPhone;
        this.comparison = comparison;
        this.answers = answers;
        this.other = other;
    }

    /** @param number the own number, null when OpenPhone does not list it any more */
    void read(VerificationClaim claim, Caller caller, Question.Conversation question, @Nullable PhoneNumberDocument number) {
        if (question.phoneNumberId() == null || question.participants().isEmpty()) {
            comparison.unreadable(claim, question, "It has no number or no participants, so nothing can be asked for it");
            return;
        }
        var thread = question.query(number == null ? null : number.number(), number == null ? null : number.askAs());
        var before = comparison.stored(question);
        List<MessageDocument> messages;
        List<CallDocument> calls;
        try {
            messages = Paging.all(token -> whole(openPhone.messages(caller, thread, token)));
            calls = thread.isOneToOne() ? Paging.all(token -> openPhone.calls(caller, thread, token)) : List.of();
        } catch (OpenPhoneException.Rejected e) {
            comparison.unreadable(claim, question, e.what());
            return;
        }
        var shown = Stream.concat(messages.stream().map(MessageDocument::id), calls.stream().map(CallDocument::id)).toList();
        comparison.compare(claim, question, before, other.has(claim, caller, before, shown), messages, calls,
                thread.isOneToOne());
        answers.renew(claim);
    }

    /** What a member is shown is a part at best. */
    private static <T> Page<T> whole(Page<T> page) {
        if (page.askedAs() != null) {
            throw OpenPhoneException.implausible(page.request(),
                    "OpenPhone refuses its messages to the key's owner, and shows user "
                            + page.askedAs() + " a part of them at best");
        }
        return page;
    }
}
