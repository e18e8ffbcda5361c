package org.openphoneimport.media;

import java.util.Collection;
import java.util.UUID;

/** Told what becomes of files; the runs' issues listen. Called within the transaction that changes the file. */
public interface MediaReports {

    /**
     * What a file is about.
     *
     * @param id {@code message/AC123/0}
     * @param runs that found it
     * @param what happened to it, in a sentence
     * @param url where it is
     */
    record Report(String id, Collection<UUID> runs, String what, String url) {
    }

    /** It is not here yet, and will be tried again. */
    void waits(Report report);

    /** Its tries are used up; it is tried again only when an operator asks for it. */
    void failed(Report report);

    /** It is here, after it had been reported. */
    void arrived(Report report);

    /** Files of these runs have been tried. Called after the transaction: it may be what the runs' end has waited for. */
    void tried(Collection<UUID> runs);
}
