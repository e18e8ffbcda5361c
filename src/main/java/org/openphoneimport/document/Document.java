package org.openphoneimport.document;

import java.util.List;

/** What OpenPhone lists: something with an id, kept as it was received beside what was understood of it. */
public interface Document {

    /** OpenPhone's id, or one made of the content where there is none. */
    String id();

    /** What did not fit, to be read after the subject: "status has the unknown value lost". */
    List<String> oddities();
}
