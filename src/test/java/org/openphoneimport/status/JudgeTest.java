package org.openphoneimport.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.media.MediaCounts;
import org.openphoneimport.pace.Estimates;
import org.openphoneimport.run.Run;
import org.openphoneimport.status.Judgement.Outlook;
import org.openphoneimport.verification.Surroundings;
import org.openphoneimport.verification.Testimony;
import org.openphoneimport.verification.Workspace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The one line that answers whether it is safe to go live. */
class JudgeTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Instant LISTED = Instant.parse("2026-11-29T03:36:00Z");
    private static final Testimony BOTH = new Testimony("2026-03-30", "v1", null, false, 100, 0, true);

    @Test
    void a_whole_workspace_that_both_apis_know_is_safe() {
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null, BOTH)).isEqualTo(
                "SAFE Safe to go live: everything up to 03:36 UTC is here, verified by both APIs");
    }

    @Test
    void what_was_accepted_is_said_beside_it() {
        assertThat(judge(workspace(3), LooseEnds.NONE, null, null, BOTH)).isEqualTo("SAFE Safe to go live: everything up to "
                + "03:36 UTC is here but for 3 accepted, verified by both APIs");
    }

    @Test
    void a_time_that_is_not_today_has_its_date() {
        assertThat(Judgement.of(Outlook.SAFE, "up to ", LISTED, NOW.plus(Duration.ofDays(1)), "").sentence())
                .isEqualTo("up to 29 Nov 2026, 03:36 UTC");
    }

    @Test
    void a_witness_that_was_not_asked_or_did_not_agree_does_not_count() {
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null,
                new Testimony("v1", "2026-03-30", "2026-03-30 could not be asked: OpenPhone refuses it (403)", false, 0, 0,
                        true)))
                .endsWith("verified by v1 alone (2026-03-30 could not be asked: OpenPhone refuses it (403))");
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null,
                new Testimony("2026-03-30", "v1", "v1 could not be asked: no answer", false, 0, 0, true)))
                .endsWith("verified by 2026-03-30 alone (v1 could not be asked: no answer)");
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null, new Testimony("v1", null, null, false, 0, 0, true)))
                .endsWith("verified by v1 alone (only v1 was to be asked, see OPENPHONE_API)");
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null, new Testimony("2026-03-30", null, null, false, 0, 0, true)))
                .endsWith("verified by 2026-03-30 alone (only 2026-03-30 was to be asked, see OPENPHONE_API)");
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null, new Testimony("2026-03-30", "v1", null, true, 100, 0, true)))
                .endsWith("verified by both APIs, which differ: conversations were read through both");
        assertThat(
                judge(workspace(0), LooseEnds.NONE, null, null, new Testimony("2026-03-30", "v1", null, false, 100, 2, true)))
                .endsWith("verified by both APIs, but for 2 that could not be compared");
    }

    @Test
    void what_was_read_earlier_and_what_only_one_api_gave_stands_in_the_sentence() {
        var around = new Surroundings(LISTED, LISTED.minus(Duration.ofHours(5)), LISTED.minus(Duration.ofDays(6)),
                List.of("contacts", "tasks"));

        assertThat(judge(workspace(3, List.of(), around), LooseEnds.NONE, null, null, BOTH))
                .endsWith(" is here but for 3 accepted (contacts, users and tasks as of 5 hours before, notes of contacts and "
                        + "settings of numbers as of 6 days before), verified by both APIs; only one of them gave the contacts, "
                        + "tasks");
        assertThat(new Surroundings(null, LISTED, LISTED.plusSeconds(9), List.of()).earlier(LISTED)).isEmpty();
        assertThat(new Surroundings(null, LISTED.minusSeconds(90), null, List.of()).earlier(LISTED))
                .isEqualTo(" (contacts, users and tasks as of 1 minute before)");
        assertThat(new Surroundings(LISTED.minus(Duration.ofDays(3)), LISTED, LISTED, List.of()).earlier(LISTED))
                .isEqualTo(" (conversations that OpenPhone lists as unchanged as of 3 days before)");
        assertThat(Surroundings.NONE.earlier(LISTED)).isEmpty();
        assertThat(around.earlier(null)).isEmpty();
    }

    @Test
    void what_was_imported_when_the_other_api_could_not_be_asked_is_not_said_to_be_verified_by_it() {
        assertThat(judge(workspace(0), LooseEnds.NONE, null, null, new Testimony("2026-03-30", "v1", null, false, 2, 0, false)))
                .endsWith(" is here, verified by one API alone (the other has confirmed no sample of all that is here)");
    }

    @Test
    void a_witness_that_gave_the_list_of_conversations_alone_has_verified_nothing_that_is_in_them() {
        var listed = new Testimony("v1", "2026-03-30", null, false, 0, 0, true);

        assertThat(judge(workspace(0), LooseEnds.NONE, null, null, listed)).endsWith(" is here, verified by v1 alone "
                + "(2026-03-30 gives the list of conversations, and not what is in them)");
    }

    @Test
    void conversations_that_could_not_be_read_are_one_number_with_short_reasons() {
        var open = List.of(
                new Workspace.Open("unavailable",
                        "conversations with short codes or hidden numbers, which OpenPhone refuses", 7),
                new Workspace.Open("unavailable", "conversations that OpenPhone refuses", 3),
                new Workspace.Open("waiting", "files that have not been downloaded yet", 2));

        assertThat(judge(workspace(0, open), LooseEnds.NONE, null, null, BOTH)).isEqualTo("NOT_YET Not yet: 10 conversations "
                + "could not be read (short codes: 7, refused: 3); files that have not been downloaded yet (2)");
    }

    @Test
    void lists_that_were_not_read_are_named_together() {
        var open = List.of(new Workspace.Open("missing", "lists of the directory that have not been read: tasks", 1),
                new Workspace.Open("missing", "lists of the directory that have not been read: users", 1));

        assertThat(judge(workspace(0, open), LooseEnds.NONE, null, null, BOTH))
                .isEqualTo("MISSING Not yet: lists of the directory that have not been read: tasks, users");
    }

    @Test
    void what_an_import_has_not_put_back_keeps_it_from_being_safe() {
        assertThat(judge(workspace(0), new LooseEnds(true, 2, true), null, null, BOTH)).isEqualTo("NOT_YET Not yet: the system "
                + "is still read-only; 2 webhooks are still off; what came while webhooks were off is not imported yet");
    }

    @Test
    void a_failed_import_is_red_until_nothing_of_it_is_missing() {
        var missing = List.of(new Workspace.Open("missing", "conversations that have never been read to their end", 1));

        assertThat(judge(workspace(0, missing), LooseEnds.NONE, null, NOW, BOTH)).isEqualTo("MISSING Not yet: the historical "
                + "import failed; 1 conversation could not be read (never read to their end: 1)");
        assertThat(judge(workspace(0, missing), LooseEnds.NONE, run("reconciliation", "running", null), NOW, BOTH))
                .startsWith("MISSING Reading. The historical import failed: 1 conversation");
        assertThat(judge(workspace(0), LooseEnds.NONE, null, NOW, BOTH)).startsWith("SAFE");
    }

    @Test
    void a_run_that_reads_says_when_it_is_done_if_that_is_known() {
        assertThat(judge(workspace(0), LooseEnds.NONE, run("historical", "running", Duration.ofMinutes(20)), null, BOTH))
                .isEqualTo("BUSY Reading, done at about 09:20 UTC");
        assertThat(judge(workspace(0), LooseEnds.NONE, run("historical", "running", Duration.ofMinutes(92)), null, BOTH))
                .isEqualTo("BUSY Reading, done at about 10:35 UTC");
        assertThat(judge(workspace(0), LooseEnds.NONE, run("historical", "running", null), null, BOTH))
                .isEqualTo("BUSY Reading");
        assertThat(judge(workspace(0), LooseEnds.NONE, run("historical", "paused", null), null, BOTH))
                .isEqualTo("NOT_YET Not yet: the historical import is paused");
        assertThat(judge(workspace(0), LooseEnds.NONE, run("historical", "verifying", null), null, BOTH))
                .isEqualTo("BUSY Everything has been read, checking it against OpenPhone");
    }

    @Test
    void a_nightly_run_takes_nothing_back() {
        assertThat(judge(workspace(0), LooseEnds.NONE, run("reconciliation", "running", null), null, BOTH)).startsWith("SAFE");
    }

    private static String judge(Workspace workspace, LooseEnds loose, @Nullable RunView active, @Nullable Instant failed,
            Testimony testimony) {
        var judgement = new Judge(workspace, loose, active, failed, testimony, NOW).judge();
        return judgement.outlook() + " " + judgement.sentence();
    }

    private static Workspace workspace(long accepted) {
        return workspace(accepted, List.of());
    }

    private static Workspace workspace(long accepted, List<Workspace.Open> open) {
        return workspace(accepted, open, Surroundings.NONE);
    }

    private static Workspace workspace(long accepted, List<Workspace.Open> open, Surroundings around) {
        return new Workspace(open.isEmpty(), "", LISTED, open, accepted, 7000, 24347, 946, 1330,
                List.of(), around);
    }

    private static RunView run(String type, String status, @Nullable Duration remaining) {
        var run = new Run();
        run.type = type;
        run.status = status;
        return new RunView(run, new RunDetails(null, null, null, 0, true, false, List.of(), List.of(), List.of()), NOW, 0, 0, 0,
                new Estimates(null, null, remaining),
                MediaCounts.Figures.NONE, null, null, null, JsonNodeFactory.instance.objectNode(), RunView.DirectoryParts.NONE,
                RunView.Conversations.NONE,
                false);
    }
}
