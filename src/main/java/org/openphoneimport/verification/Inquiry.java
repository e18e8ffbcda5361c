package org.openphoneimport.verification;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.batch.ImportConfig;
import org.openphoneimport.openphone.Caller;
import org.openphoneimport.openphone.OpenPhoneException;
import org.openphoneimport.openphone.PhoneNumberDocument;

/** Asks OpenPhone a verification's open questions, several at a time; each answer is stored when it is there. */
@ApplicationScoped
class Inquiry {

    private final Questions questions;
    private final Answers answers;
    private final ActivitySearch activities;
    private final Rereading rereading;
    private final ImportConfig config;

    Inquiry(Questions questions, Answers answers, ActivitySearch activities, Rereading rereading, ImportConfig config) {
        this.questions = questions;
        this.answers = answers;
        this.activities = activities;
        this.rereading = rereading;
        this.config = config;
    }

    /** Returns when all have their answers; throws when OpenPhone does not answer, after it was asked for each. */
    void ask(Claim claim, Caller caller) {
        var open = questions.open(claim);
        var numbers = new HashMap<String, PhoneNumberDocument>();
        answers.numbers(claim).forEach(number -> numbers.put(number.id(), number));
        var stop = new AtomicReference<@Nullable RuntimeException>();
        var places = new Semaphore(config.readers());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            open.forEach(question -> threads.execute(() -> {
                places.acquireUninterruptibly();
                try {
                    if (isWorthAsking(stop.get())) {
                        ask(claim, caller, numbers, question);
                    }
                } catch (RuntimeException e) {
                    stop.updateAndGet(before -> isWorthAsking(before) ? e : before);
                } finally {
                    places.release();
                }
            }));
        }
        var reason = stop.get();
        if (reason != null) {
            throw reason;
        }
    }

    /** One question without an answer says nothing about the others. */
    private static boolean isWorthAsking(@Nullable RuntimeException stop) {
        return stop == null || stop instanceof OpenPhoneException.Unavailable;
    }

    private void ask(Claim claim, Caller caller, Map<String, PhoneNumberDocument> numbers, Question question) {
        try {
            switch (question) {
                case Question.Activity activity -> activities.ask(claim, caller, activity);
                case Question.Conversation thread -> rereading.read(claim, caller, thread, numbers.get(thread.phoneNumberId()));
            }
        } catch (OpenPhoneException.Unavailable e) {
            if (!questions.countUnanswered(claim, question)) {
                throw e;
            }
            answers.unanswered(claim, question, e);
        }
    }
}
