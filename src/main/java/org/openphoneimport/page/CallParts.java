package org.openphoneimport.page;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.call.PartStatus;
import org.openphoneimport.frame.Format;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of the recordings, voicemails, transcripts and summaries of a run's calls, in words. */
final class CallParts {

    private static final List<PartStatus> TOLD = List.of(PartStatus.STORED, PartStatus.PENDING, PartStatus.WAITING,
            PartStatus.REFUSED, PartStatus.FAILED, PartStatus.UNFINISHED);

    private CallParts() {
    }

    /** @param counts by status; null when there is nothing to tell */
    static @Nullable String words(JsonNode counts) {
        var words = new ArrayList<String>();
        for (var status : TOLD) {
            long count = counts.path(status.text()).asLong();
            if (count > 0) {
                words.add(Format.exact(count) + " " + words(status));
            }
        }
        return words.isEmpty() ? null : String.join(", ", words);
    }

    private static String words(PartStatus status) {
        return switch (status) {
            case STORED -> "stored";
            case PENDING -> "to be asked for";
            case WAITING -> "not ready at OpenPhone";
            case REFUSED -> "refused by OpenPhone";
            case FAILED -> "failed";
            case UNFINISHED -> "never finished by OpenPhone";
            case NONE -> "not there";
        };
    }
}
