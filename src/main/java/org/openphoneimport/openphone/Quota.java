package org.openphoneimport.openphone;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/**
 * How many requests a second OpenPhone says it grants, as its last answer had it: {@code ratelimit-policy: "per-second"; q=10;
 * w=1}, undocumented, seen on live accounts.
 */
@ApplicationScoped
class Quota {

    private static final Pattern REQUESTS = Pattern.compile("\\bq=(\\d{1,6})");
    private static final Pattern WINDOW = Pattern.compile("\\bw=(\\d{1,6})");

    // What lies beyond is more likely a misunderstanding than a grant.
    private static final double LEAST = 0.1;
    private static final double MOST = 100;

    private volatile @Nullable Double perSecond;

    /** Null while no answer has said it. */
    @Nullable
    Double perSecond() {
        return perSecond;
    }

    /**
     * Takes what an answer says; one that says nothing changes nothing.
     *
     * @param policy the header's value
     */
    void read(@Nullable String policy) {
        of(policy).ifPresent(rate -> perSecond = rate);
    }

    /** Of several policies the one with the shortest window: a day's is no pace. */
    static Optional<Double> of(@Nullable String policy) {
        return policy == null ? Optional.empty()
                : Stream.of(policy.split(",")).flatMap(each -> Policy.of(each).stream())
                        .min(Comparator.comparingInt(Policy::window)).map(each -> (double) each.requests / each.window)
                        .filter(rate -> rate >= LEAST && rate <= MOST);
    }

    private record Policy(int requests, int window) {

        static Optional<Policy> of(String text) {
            var requests = REQUESTS.matcher(text);
            var window = WINDOW.matcher(text);
            return requests.find() && window.find() && Integer.parseInt(window.group(1)) > 0
                    ? Optional.of(new Policy(Integer.parseInt(requests.group(1)), Integer.parseInt(window.group(1))))
                    : Optional.empty();
        }
    }
}
