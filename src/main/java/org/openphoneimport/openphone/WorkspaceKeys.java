package org.openphoneimport.openphone;

import java.util.List;

import org.openphoneimport.document.PhoneNumberDocument;

/** Which keys may be used with what is stored: those of its workspace. A key may be another one at any moment. */
public interface WorkspaceKeys {

    /** What is said of a key that may not be used. */
    String FOREIGN = "This database holds another workspace: none of its numbers and users belong to the workspace of this API "
            + "key. Use a database of its own for each workspace";

    /** Whether the key that is set was shown to be this workspace's, or nothing is stored that could be another's. */
    boolean isProven();

    /**
     * Shows whose the key that is set is, and keeps that.
     *
     * @param numbers what OpenPhone lists under it
     * @return false when it is another workspace's
     */
    boolean prove(List<PhoneNumberDocument> numbers);
}
