package org.openphoneimport.page;

import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openphoneimport.frame.IconResource;
import org.openphoneimport.frame.PageTime;

import static org.assertj.core.api.Assertions.assertThat;

/** Words and signs that tell states apart. */
class WordsTest {

    private static final PageTime THEN = new PageTime(Instant.parse("2026-11-29T03:36:00Z"));

    @Test
    void a_verdict_counts_what_is_missing_and_what_has_changed() {
        assertThat(VerdictPanel.words("discrepancies", 14, 1, 3)).isEqualTo("14 items missing, 1 changed");
        assertThat(VerdictPanel.words("discrepancies", 1, 0, 0)).isEqualTo("1 item missing");
        assertThat(VerdictPanel.words("discrepancies", 0, 2, 0)).isEqualTo("2 items changed");
        assertThat(VerdictPanel.words("clean", 0, 0, 0)).isEqualTo("Nothing missing or changed");
        assertThat(VerdictPanel.words("clean", 0, 0, 98)).isEqualTo("Nothing missing, 98 not given");
        assertThat(VerdictPanel.words("running", 0, 0, 0)).isEqualTo("Checking");
    }

    @Test
    void a_step_that_is_over_says_what_holds_now() {
        var lifted = new ChecklistLine("read-only", "undone", null, THEN);
        assertThat(lifted.title() + " " + lifted.changedAt().clock()).isEqualTo("Read-only mode lifted 03:36 UTC");
        assertThat(lifted.dated()).isTrue();
        assertThat(new ChecklistLine("webhooks", "active", null, THEN).title())
                .isEqualTo("Webhooks are off until the run ends");
        assertThat(new ChecklistLine("webhooks", "undone", null, THEN).title()).isEqualTo("Webhooks are on again");
        assertThat(new ChecklistLine("webhooks", "skipped", "2 webhooks stayed on: WH1, which cannot be paused; WH2", THEN)
                .title())
                .isEqualTo("Webhooks stayed on (2): they could not be paused");
    }

    @Test
    void icons_differ_without_their_colours() {
        var icons = Stream.of("busy", "good", "bad", "waiting").map(tone -> new IconResource().icon(tone, null)
                .replaceAll("#[0-9a-f]{6}", "")).toList();

        assertThat(icons).doesNotHaveDuplicates();
    }
}
