package org.openphoneimport.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkus.runtime.QuarkusBindException;

/**
 * Why the application could not start, in a sentence or two for the person at the terminal: who has set something wrong would
 * not find it in a stack trace.
 *
 * @param sentence what is wrong, and what to do
 */
record StartFailure(String sentence) {

    private static final String OURS = "org.openphoneimport.";

    private static final Pattern CODE = Pattern.compile("(?:[\\w.]+(?:Exception|Error): )?SRCFG\\d+: ");

    /** How SmallRye Config says that a value cannot be read. It has no exception of its own for that. */
    private static final Pattern VALUE = Pattern.compile("SRCFG00039: The config property (\\S+) with the config value "
            + "\"(.*)\" threw an Exception whilst being converted (.*)");

    /** Reads it from what was thrown; what Quarkus wraps around it says nothing. */
    static StartFailure of(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (var each = failure; each != null; each = each.getCause()) {
            chain.add(each);
        }
        return new StartFailure(wrongValues(chain).or(() -> usedPort(chain)).or(() -> ourWords(chain))
                .orElseGet(() -> words(chain.getLast())));
    }

    private static Optional<String> usedPort(List<Throwable> chain) {
        return chain.getLast() instanceof QuarkusBindException bind
                ? Optional.of(Ports.cannotListen(bind.getHost(), bind.getPort(), bind))
                : Optional.empty();
    }

    private static Optional<String> wrongValues(List<Throwable> chain) {
        return chain.stream().map(StartFailure::words).map(StartFailure::wrongValues).filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String wrongValues(String message) {
        return VALUE.matcher(message).results().map(StartFailure::wrongValue).collect(Collectors.joining(". "));
    }

    private static String wrongValue(MatchResult found) {
        var variable = found.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        var why = CODE.matcher(found.group(3)).replaceAll("");
        return why.startsWith(variable) ? why
                : "%s cannot be \"%s\": %s. Correct it, or leave it out".formatted(variable, found.group(2), why);
    }

    /** The first that was thrown by this application: its message is made for people, and has that of its cause in it. */
    private static Optional<String> ourWords(List<Throwable> chain) {
        return chain.stream().filter(StartFailure::isOurs).map(StartFailure::words).findFirst();
    }

    private static boolean isOurs(Throwable thrown) {
        var trace = thrown.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    }

    private static String words(Throwable thrown) {
        var message = Objects.requireNonNullElse(thrown.getMessage(), "").strip();
        return message.isEmpty() ? thrown.getClass().getName() : message;
    }
}
