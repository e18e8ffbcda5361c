package org.openphoneimport.reading;

import java.util.List;

import org.openphoneimport.media.Media;
import org.openphoneimport.run.Issue;

/** What was read of one item of a batch, to be stored as a whole or not at all. */
public sealed interface Chunk permits ConversationChunk, CallChunk, ContactChunk, SliceChunk {

    /** Whether its item comes to its end with it. */
    boolean isLast();

    /** What went wrong, or is odd. */
    List<Issue> issues();

    /** This chunk without what Postgres does not take: its item fails instead, for that reason. */
    Chunk failed(String what);

    /** Files that were found. */
    List<Media.Found> media();
}
