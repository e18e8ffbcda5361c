package org.openphoneimport.frame;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Whom a conversation is with, in words. */
public final class PartyTitle {

    // A group has ten at most; a row may hold anything.
    private static final int MOST = 10;

    private PartyTitle() {
    }

    /** The contacts, else the name that the conversation was given, else the numbers. */
    public static String title(@Nullable String name, @Nullable String contacts, List<String> participants) {
        if (contacts != null) {
            return Format.id(contacts);
        }
        return name == null || name.isBlank() ? numbers(participants) : Format.id(name);
    }

    public static String numbers(List<String> participants) {
        if (participants.isEmpty()) {
            return "No other party";
        }
        return participants.stream().limit(MOST).map(party -> Format.id(Format.phone(party)))
                .collect(Collectors.joining(", "))
                + (participants.size() > MOST ? " and " + (participants.size() - MOST) + " more" : "");
    }

    public static String own(@Nullable String name, @Nullable String number) {
        var shown = number == null ? "" : Format.phone(number);
        return name == null || name.isBlank() ? shown : Format.id(name) + (shown.isEmpty() ? "" : ", " + shown);
    }

    public static String counts(long messages, long calls) {
        return "%s %s, %s %s".formatted(Format.exact(messages), messages == 1 ? "message" : "messages", Format.exact(calls),
                calls == 1 ? "call" : "calls");
    }
}
