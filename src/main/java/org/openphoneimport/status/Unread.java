package org.openphoneimport.status;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.verification.Workspace;

/** Short words for the reasons of the view {@code workspace_gaps}. */
final class Unread {

    private static final Map<String, String> WORDS = Map.of(
            "conversations with short codes or hidden numbers, which OpenPhone refuses", "short codes",
            "conversations that OpenPhone refuses", "refused",
            "conversations whose lists leave out what OpenPhone gives by its id", "left out by lists",
            "conversations without a number or participants, which v1 cannot be asked for", "without a number",
            "conversations that OpenPhone does not list any more and that were not read to their end", "no longer listed",
            "conversations that have never been read to their end", "never read to their end",
            "conversations with a time that has not been read", "read in part");

    /** How reasons begin that name a list each. */
    static final List<String> LISTS = List.of("lists of the directory that have not been read: ",
            "lists of the directory that OpenPhone refuses: ");

    private static final Map<String, String> WHOLE = Map.of(
            "lists of conversations that have not been read to their end",
            "the list of conversations has not been read to its end",
            "databases that have not been compared with OpenPhone yet", "the database has not been compared with OpenPhone",
            "comparisons with OpenPhone that could not be made", "the comparison with OpenPhone could not be made");

    private Unread() {
    }

    /** Why a conversation could not be read; null where the gap is about something else. */
    static @Nullable String of(Workspace.Open gap) {
        return WORDS.get(gap.reason());
    }

    /** A gap of another kind, as part of a sentence. */
    static String whole(Workspace.Open gap) {
        return WHOLE.getOrDefault(gap.reason(), gap.toString());
    }
}
