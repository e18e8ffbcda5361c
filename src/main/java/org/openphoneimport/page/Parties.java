package org.openphoneimport.page;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Whom a conversation is with, in words. */
final class Parties {

    // A group has ten at most; a row may hold anything.
    private static final int MOST = 10;

    private Parties() {
    }

    /** The contacts, else the name that the conversation was given, else the numbers. */
    static String title(@Nullable String name, @Nullable String contacts, List<String> participants) {
        if (contacts != null) {
            return Numbers.id(contacts);
        }
        return name == null || name.isBlank() ? numbers(participants) : Numbers.id(name);
    }

    static String numbers(List<String> participants) {
        if (participants.isEmpty()) {
            return "No other party";
        }
        return participants.stream().limit(MOST).map(party -> Numbers.id(Numbers.phone(party)))
                .collect(Collectors.joining(", "))
                + (participants.size() > MOST ? " and " + (participants.size() - MOST) + " more" : "");
    }

    static String own(@Nullable String name, @Nullable String number) {
        var shown = number == null ? "" : Numbers.phone(number);
        return name == null || name.isBlank() ? shown : Numbers.id(name) + (shown.isEmpty() ? "" : ", " + shown);
    }

    static String counts(long messages, long calls) {
        return "%s %s, %s %s".formatted(Numbers.exact(messages), messages == 1 ? "message" : "messages", Numbers.exact(calls),
                calls == 1 ? "call" : "calls");
    }
}
