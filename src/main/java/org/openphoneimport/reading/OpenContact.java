package org.openphoneimport.reading;

import java.util.List;

import org.openphoneimport.directory.DirectoryPart;

/**
 * A contact that is asked for what hangs on it.
 *
 * @param kinds what is asked for
 */
public record OpenContact(String id, List<DirectoryPart> kinds) implements OpenItem {

    @Override
    public String kind() {
        return "contacts";
    }
}
