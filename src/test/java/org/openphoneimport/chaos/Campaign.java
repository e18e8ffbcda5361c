package org.openphoneimport.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.RepetitionInfo;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

/** How much of everything: a taste in every build, more before a change lands, and the full numbers under the profile chaos. */
final class Campaign {

    /** Whether the full numbers are run. */
    static final boolean FULL = Boolean.getBoolean("chaos.full");

    /** Whether a change is to land. */
    private static final boolean LANDING = Boolean.getBoolean("chaos.landing");

    /** Which generations of the API runs go through: {@code -Dchaos.api=auto}, or {@code 2026-03-30}, or {@code v1}. */
    static final String API = System.getProperty("chaos.api", "v1");

    /** Whether the API of 2026-03-30 reads. */
    static final boolean DATED = !API.equals("v1");

    /** How many rows OpenPhone puts on a page. */
    static final int PAGE = size(20, 100);

    /** {@code -Dchaos.seed} plays again what was printed with it. */
    private static final long SEED = Long.getLong("chaos.seed", FULL ? System.nanoTime() : 1);

    // Surefire shows what a class printed when the class is over, which may be an hour later.
    private static final Path LOG = Path.of("target", "campaign.log");

    private Campaign() {
    }

    /** A workspace of so many conversations, whose threads are as long as these pages want them. */
    static SampleWorkspace workspace(int conversations) {
        return workspace(conversations, SampleSettings.defaults().seed());
    }

    /** Another one like it. */
    static SampleWorkspace workspace(int conversations, long seed) {
        return SampleWorkspace.generate(SampleSettings.defaults().withConversations(conversations).withPageSize(PAGE)
                .withSeed(seed));
    }

    /** One or the other. */
    static <T> T size(T inEveryBuild, T full) {
        return FULL ? full : inEveryBuild;
    }

    /** One of the three. */
    static <T> T size(T inEveryBuild, T landing, T full) {
        return size(LANDING ? landing : inEveryBuild, full);
    }

    /** Where dice begin. What one build says of a change the next one has to say as well; a campaign begins anywhere. */
    static long seed() {
        return SEED;
    }

    /** The same for each repetition of a test; the seed that one has printed is that of the first when it is set. */
    static long seed(RepetitionInfo repetition) {
        return SEED + repetition.getCurrentRepetition() - 1;
    }

    /** Says what was measured, or from which seed something was made, and in {@code target/campaign.log} says so at once. */
    static void note(String what) {
        System.out.println("CHAOS " + what);
        try {
            Files.writeString(LOG,
                    LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + what + System.lineSeparator(),
                    CREATE,
                    APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
