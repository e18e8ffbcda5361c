package org.openphoneimport.frame;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.Judgement;
import org.openphoneimport.status.WorkspaceView;
import org.openphoneimport.verification.Workspace;

/**
 * Whether it is safe to go live, as the first line of every page, and what the database holds, below it.
 *
 * @param tone the colour that goes with it: good, bad where something can be brought that is not here, waiting where the rest
 *        is refused or on its way, busy while a run reads, calm before the first import
 * @param before the sentence, or what stands before its time
 * @param at its time; null where it has none
 * @param time the same in UTC, for those without scripts
 * @param form how the page's script shows it: clock or minute
 * @param after what stands after it
 * @param holds what the database holds altogether, in words; null when it holds nothing
 * @param earliest when the oldest of it was sent; null where there is none
 * @param latest when the newest of it was sent
 * @param complete whether everything is here, but for what was accepted
 * @param lack the colour of a run that has done its part while not everything is here
 * @param advice what becomes of what is not here, and what can be done about it; empty where nothing is lacking
 */
public record Truth(String tone, String before, @Nullable PageTime at, String time, String form, String after,
        @Nullable String holds, @Nullable PageTime earliest, @Nullable PageTime latest, boolean complete, String lack,
        String advice) {

    static Truth of(WorkspaceView workspace) {
        var judgement = workspace.judgement();
        return new Truth(tone(judgement.outlook()), Format.shortened(judgement.before()), PageTime.of(judgement.at()),
                judgement.time(), judgement.precise() ? "minute" : "clock", Format.shortened(judgement.after()),
                holds(workspace), PageTime.of(workspace.earliest()), PageTime.of(workspace.latest()), workspace.complete(),
                workspace.isSomethingMissing() ? "bad" : "waiting", advice(workspace));
    }

    private static String advice(WorkspaceView workspace) {
        var kinds = workspace.open().stream().map(Workspace.Open::kind).collect(Collectors.toSet());
        return Stream.of(
                kinds.contains("missing") ? "a reconciliation reads what has not been read" : "",
                kinds.contains("unavailable") ? "Retry asks again for what was refused" : "",
                kinds.contains("waiting") ? "what OpenPhone has not finished yet is asked for again automatically" : "")
                .filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String tone(Judgement.Outlook outlook) {
        return switch (outlook) {
            case EMPTY -> "calm";
            case BUSY -> "busy";
            case SAFE -> "good";
            case NOT_YET -> "waiting";
            case MISSING -> "bad";
        };
    }

    private static @Nullable String holds(WorkspaceView workspace) {
        return workspace.conversations() == 0 && workspace.messages() == 0 && workspace.calls() == 0 ? null
                : String.join(", ", Format.counted(workspace.conversations(), "conversation"),
                        Format.counted(workspace.messages(), "message"), Format.counted(workspace.calls(), "call"),
                        Format.counted(workspace.files(), "file"));
    }
}
