package org.openphoneimport.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.PhoneNumberDocument;
import org.openphoneimport.openphone.Answering;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.NotNowException;
import org.openphoneimport.openphone.OpenPhone;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.run.ImportConfig;

/** Asks OpenPhone a verification's open questions, several at a time; each answer is stored when it is there. */
@ApplicationScoped
class Inquiry {

    private final Questions questions;
    private final Answers answers;
    private final ActivitySearch activities;
    private final Rereading rereading;
    private final OpenPhone openPhone;
    private final ImportConfig config;

    Inquiry(Questions questions, Answers answers, ActivitySearch activities, Rereading rereading, OpenPhone openPhone,
            ImportConfig config) {
        this.questions = questions;
        this.answers = answers;
        this.activities = activities;
        this.rereading = rereading;
        this.openPhone = openPhone;
        this.config = config;
    }

    /** Returns when all have their answers; throws when OpenPhone does not answer, after it was asked for each. */
    void ask(VerificationClaim claim, Caller caller) {
        var numbers = new HashMap<String, PhoneNumberDocument>();
        answers.numbers(claim).forEach(number -> numbers.put(number.id(), number));
        var open = new ConcurrentLinkedQueue<>(questions.open(claim));
        var notYet = new ArrayList<OpenPhoneException.Unavailable>();
        while (!open.isEmpty()) {
            if (!answers.renew(claim)) {
                throw new NotNowException.OutOfTime();
            }
            var round = new Round(claim, caller, numbers);
            round.ask(open);
            notYet.addAll(round.conclude());
        }
        if (!notYet.isEmpty()) {
            throw notYet.getFirst();
        }
    }

    /**
     * As many questions as get an answer, and some without one. All that follow might be like these, so a probe then shows
     * what that means: nothing about a question if OpenPhone is away, and else nothing about the others.
     */
    private final class Round {

        private final VerificationClaim claim;
        private final Caller caller;
        private final Map<String, PhoneNumberDocument> numbers;
        private final Map<Question, OpenPhoneException.Unavailable> unanswered = new ConcurrentHashMap<>();
        private final AtomicReference<@Nullable RuntimeException> stop = new AtomicReference<>();

        Round(VerificationClaim claim, Caller caller, Map<String, PhoneNumberDocument> numbers) {
            this.claim = claim;
            this.caller = caller;
            this.numbers = numbers;
        }

        void ask(Queue<Question> open) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < config.readers(); i++) {
                    threads.execute(() -> askSome(open));
                }
            }
        }

        private void askSome(Queue<Question> open) {
            while (stop.get() == null && unanswered.size() < config.readers()) {
                var question = open.poll();
                if (question == null) {
                    return;
                }
                try {
                    ask(question);
                } catch (OpenPhoneException.Unavailable e) {
                    unanswered.put(question, e);
                } catch (RuntimeException e) {
                    open.add(question);
                    stop.compareAndSet(null, e);
                }
            }
        }

        private void ask(Question question) {
            switch (question) {
                case Question.Activity activity -> activities.ask(claim, caller, activity);
                case Question.Conversation thread ->
                    rereading.read(claim, caller, thread, numbers.get(thread.phoneNumberId()));
            }
        }

        /** Returns what is to be asked again some time. */
        List<OpenPhoneException.Unavailable> conclude() {
            var stopped = stop.get();
            if (stopped != null && (unanswered.isEmpty() || !(stopped instanceof NotNowException.Away))) {
                throw stopped;
            }
            var first = unanswered.values().stream().findFirst();
            var answering = first.map(e -> openPhone.answering(caller, e)).orElse(Answering.OTHERS);
            if (answering == Answering.NOTHING) {
                throw first.orElseThrow();
            }
            var notYet = new ArrayList<OpenPhoneException.Unavailable>();
            unanswered.forEach((question, e) -> {
                if (questions.countUnanswered(claim, question, answering)) {
                    answers.unanswered(claim, question, e);
                } else {
                    notYet.add(e);
                }
            });
            return notYet;
        }
    }
}
