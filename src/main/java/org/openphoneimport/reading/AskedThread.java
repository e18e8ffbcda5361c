package org.openphoneimport.reading;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.document.CallDocument;
import org.openphoneimport.document.MessageDocument;
import org.openphoneimport.openphone.OpenPhone;

/**
 * Tells rows of the thread that v1 was asked for from those of another: v1 ignores a filter that it does not know, without an
 * error.
 */
record AskedThread(OpenPhone.ThreadQuery thread) {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");

    boolean holds(MessageDocument message) {
        return holds(message.phoneNumberId(), Stream.concat(Stream.ofNullable(message.from()), message.to().stream()));
    }

    boolean holds(CallDocument call) {
        return holds(call.phoneNumberId(), call.participants().stream());
    }

    /**
     * Only what contradicts counts: a row may name no number or no parties, or the sender in other formats than E.164. One
     * party that is not among the thread's is the own number.
     */
    private boolean holds(@Nullable String phoneNumberId, Stream<String> parties) {
        var strangers = numbers(parties);
        strangers.removeAll(numbers(thread.participants().stream()));
        return (phoneNumberId == null || phoneNumberId.equals(thread.phoneNumberId())) && strangers.size() <= 1;
    }

    private static Set<String> numbers(Stream<String> parties) {
        return parties.filter(party -> E164.matcher(party).matches()).collect(Collectors.toCollection(HashSet::new));
    }
}
