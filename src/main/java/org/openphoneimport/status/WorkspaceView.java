package org.openphoneimport.status;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.verification.Surroundings;
import org.openphoneimport.verification.Testimony;
import org.openphoneimport.verification.Workspace;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the database holds of the workspace altogether, and whether it is safe to go live with it.
 *
 * @param safe whether nothing speaks against it
 * @param judgement the answer for people
 * @param complete whether everything up to {@code coveredUntil} is here, but for what was accepted
 * @param coveredUntil the start of the last run that listed all conversations; null before the first
 * @param open what is not here, and not accepted
 * @param accepted how many gaps an operator has accepted
 * @param earliest the time of the oldest message or call; null where there is none
 * @param latest the time of the newest
 * @param testimony what the last verification knows from the other API; null before the first
 * @param leftOut what is not imported by configuration, and so not spoken of
 * @param around what is not read with every run
 */
@RegisterForReflection
public record WorkspaceView(boolean safe, @JsonIgnore Judgement judgement, boolean complete, @Nullable Instant coveredUntil,
        List<Workspace.Open> open, long accepted, long conversations, long messages, long calls, long files,
        @Nullable Instant earliest, @Nullable Instant latest, @Nullable Testimony testimony, List<String> leftOut,
        Surroundings around) {

    /** The answer in one sentence, as the page has it. */
    public String getSentence() {
        return judgement.sentence();
    }

    /** Whether something is not here that can be brought. */
    @JsonIgnore
    public boolean isSomethingMissing() {
        return open.stream().anyMatch(gap -> gap.kind().equals("missing"));
    }
}
