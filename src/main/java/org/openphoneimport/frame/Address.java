package org.openphoneimport.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Addresses of pages that have ids or words in them, which come from outside. */
public final class Address {

    private Address() {
    }

    public static String ofConversation(String id) {
        return "/conversations/" + encoded(id);
    }

    public static String ofSearch(String text) {
        return "/conversations?q=" + encoded(text);
    }

    /** Where something is shown that an issue or a finding names; null when that is no message, call or conversation. */
    public static @Nullable String ofSubject(String subject, String id) {
        return switch (subject) {
            case "conversation", "group calls" -> ofConversation(id);
            case "message", "call", "activity" -> ofSearch(id);
            default -> null;
        };
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
