package org.openphoneimport.media;

import java.util.Collection;
import java.util.UUID;

/** Told what becomes of files; whoever keeps the runs' issues listens. Called within the transaction that changes the file. */
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

    /** It could not be had, and nobody tries it again unasked. */
    void failed(Report report);

    /** It is here, after it had been reported. */
    void arrived(Report report);

    /** Files of these runs have been tried. Called after the transaction: it may be what the runs' end has waited for. */
    void tried(Collection<UUID> runs);
}
