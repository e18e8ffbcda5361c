package org.openphoneimport.openphone;

import java.time.Duration;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * How many requests a second this process asks slots for. It begins with what is configured. Where that is the default and
 * OpenPhone's answers say what they grant ({@code ratelimit-policy: "per-second"; q=10; w=1}, which was seen on live accounts),
 * it goes up step by step to just below that; a 429 takes it back, and its height is only tried again long after.
 */
@ApplicationScoped
class RequestRate {

    /** The rate of {@link OpenPhoneConfig#rate()} that is only a beginning; any other is what an operator wants. */
    static final double START = 9.0;

    // At 9.8 a second eleven requests take 20 ms more than a second.
    private static final double SHARE = 0.98;

    private static final double STEP = 0.2;
    private static final int ANSWERS_FOR_A_STEP = 10;

    // After a 429 the height that was refused is left alone for about two minutes.
    private static final int ANSWERS_TO_FORGET = 1200;

    private static final Pattern GRANTED = Pattern.compile("\\bq=(\\d{1,6})\\b.*\\bw=(\\d{1,6})\\b");

    private final OpenPhoneConfig config;
    private double rate;
    private double refusedAt = Double.MAX_VALUE;
    private double edge;
    private int answers;

    RequestRate(OpenPhoneConfig config) {
        this.config = config;
        this.rate = config.rate();
    }

    /** Requests a second; 0 for no limit. */
    synchronized double rate() {
        return rate;
    }

    /**
     * How late a slot may be used. What eleven requests take more than a second is divided between the first of them, which may
     * be late, and the way to OpenPhone.
     */
    synchronized Duration tolerance() {
        var configured = config.slotTolerance();
        if (config.rate() != START || rate <= START) {
            return configured;
        }
        var margin = Duration.ofNanos(Math.round((edge / rate - 1) * 0.6e9));
        return margin.compareTo(configured) < 0 ? margin : configured;
    }

    /**
     * OpenPhone has answered something else than 429.
     *
     * @param policy the header that says what it grants; null where it does not say
     */
    synchronized void answered(@Nullable String policy) {
        if (config.rate() != START || policy == null) {
            return;
        }
        var granted = GRANTED.matcher(policy);
        if (!granted.find() || Integer.parseInt(granted.group(2)) == 0) {
            return;
        }
        edge = Double.parseDouble(granted.group(1)) / Integer.parseInt(granted.group(2));
        if (++answers >= ANSWERS_TO_FORGET) {
            refusedAt = Double.MAX_VALUE;
        }
        double highest = Math.max(START, Math.min(edge * SHARE, refusedAt - STEP));
        if (rate > highest) {
            rate = highest;
        } else if (answers % ANSWERS_FOR_A_STEP == 0) {
            rate = Math.min(highest, rate + STEP);
        }
    }

    /** OpenPhone has answered 429. */
    synchronized void refused() {
        if (config.rate() == START) {
            // Several are refused at once: only the first of them was sent at that rate.
            refusedAt = rate > START ? rate : refusedAt;
            rate = START;
            answers = 0;
        }
    }
}
