package org.openphoneimport.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Chance that repeats itself: the same seed and purpose throw the same values. Each purpose throws its own. */
final class Dice {

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HEX = 16;

    private final SplittableRandom random;

    Dice(long seed, String purpose) {
        this.random = new SplittableRandom(seed * 31 + purpose.hashCode());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Returns a number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Returns a number of at least {@code least} that is {@code mean} on average, and far more now and then. */
    int around(int least, double mean, int most) {
        double beyond = -Math.log(1 - random.nextDouble()) * Math.max(0, mean - least);
        return (int) Math.min(most, least + Math.round(beyond));
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> @Nullable T maybe(double probability, Supplier<T> value) {
        return chance(probability) ? value.get() : null;
    }

    /** Returns an id as OpenPhone's look, for example {@code PN4kQz81LmXa}; case matters. */
    String id(String prefix, int length) {
        return prefix + digits(LETTERS, length, LETTERS.length());
    }

    /** Returns an id of hexadecimal digits, as those of activities and contacts are. */
    String hexId(String prefix, int length) {
        return prefix + digits(LETTERS, length, HEX).toLowerCase(Locale.ROOT);
    }

    /** Returns a time in between, most with milliseconds and some without. */
    Instant time(Instant from, Instant to) {
        long span = Math.max(1, Duration.between(from, to).toMillis());
        var time = from.plusMillis(random.nextLong(span)).truncatedTo(ChronoUnit.MILLIS);
        return chance(0.15) && time.truncatedTo(ChronoUnit.SECONDS).isAfter(from) ? time.truncatedTo(ChronoUnit.SECONDS) : time;
    }

    private String digits(String alphabet, int length, int base) {
        var digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append(alphabet.charAt(random.nextInt(base)));
        }
        return digits.toString();
    }
}
