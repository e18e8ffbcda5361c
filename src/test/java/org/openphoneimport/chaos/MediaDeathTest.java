package org.openphoneimport.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.openphoneimport.local.sample.SampleMedia;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.testsupport.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/** SIGKILL while files come: no half file is ever called done, and in the end all of them are here. */
// Some minutes in all: too long for every build.
@Tag("chaos")
@OnTheRig
class MediaDeathTest {

    private static final Instant AT = Instant.parse("2026-10-01T00:00:00Z");
    private static final int FILES = 60;
    private static final int DEATHS = 4;
    private static final int LARGE = 4 * 1024 * 1024;

    private final Rig rig = Rig.get();

    @AfterAll
    static void rest() {
        Rig.get().openPhone().interceptMedia(Interceptor.NONE);
        Rig.get().rest();
    }

    @RepeatedTest(5)
    void files_survive_deaths_at_random_moments(RepetitionInfo repetition) {
        long seed = Campaign.seed(repetition);
        Campaign.note("deaths while files come from seed %d".formatted(seed));
        var random = new Random(seed);
        rig.openPhone().interceptMedia(request -> new Fault.Delay(Duration.ofMillis(30),
                Fault.answer(Reply.of(200, "image/png", large(request.path())))));
        rig.reset(workspace(), Conditions.inAHurry());
        var run = rig.start();
        int cutOff = 0;
        for (int death = 0; death < DEATHS; death++) {
            var before = parts();
            rig.soon().atMost(Duration.ofSeconds(60)).until(() -> !before.containsAll(parts()));
            Pause.millis(random.nextInt(100));
            rig.kill();
            Pause.millis(100);
            assertFilesAreWhole();
            var after = parts();
            after.removeAll(before);
            cutOff += after.size();
            rig.awaitWorkers(1);
        }
        rig.awaitEnd(run, Duration.ofMinutes(2));
        rig.soon().atMost(Duration.ofMinutes(1))
                .until(() -> rig.run(run).number("processed_media") == FILES);

        Campaign.note("%d deaths have cut off %d files".formatted(DEATHS, cutOff));
        assertThat(cutOff).as("deaths that cut nothing off show nothing").isPositive();
        assertFilesAreWhole();
        rig.assertExact(run, "seed " + seed);
        assertThat(rig.database().size("media WHERE status = 'stored'")).isEqualTo(FILES);
    }

    /** Those that stand under their key, and all that the table says are stored. */
    private void assertFilesAreWhole() {
        rig.files().keys().stream().filter(key -> !key.startsWith("incoming/")).forEach(key -> {
            var name = key.split("/", -1)[1];
            assertThat(Arrays.equals(rig.files().bytes(key), large("/static/messages/" + name + ".png"))).as(key).isTrue();
        });
        assertThat(rig.files().keys()).containsAll(rig.database()
                .rows("SELECT storage_key FROM media WHERE status = 'stored'").stream().map(row -> row.text("storage_key"))
                .toList());
    }

    /** Files that are being written, or were when somebody died. */
    private Set<String> parts() {
        return rig.files().keys().stream().filter(key -> key.startsWith("incoming/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static byte[] large(String path) {
        var bytes = new byte[LARGE];
        new Random(path.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static SampleWorkspace workspace() {
        var workspace = SampleWorkspace.generate(SampleSettings.defaults().withConversations(0));
        var number = workspace.directory().phoneNumbers().getFirst();
        workspace.addConversation("CNfiles", number.id(), List.of("+16175550123"), AT);
        for (int i = 0; i < FILES; i++) {
            workspace.threads().put(new SampleMessage("AC" + i, List.of(number.number()), "+16175550123", "Look", number.id(),
                    "CNfiles", "incoming", null, "received", AT.plusSeconds(i), AT.plusSeconds(i), List.of(
                            new SampleMessage.Attachment(SampleMedia.ORIGIN + "/static/messages/AC" + i + ".png",
                                    "image/png"))));
        }
        return workspace;
    }
}
