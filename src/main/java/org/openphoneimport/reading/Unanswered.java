package org.openphoneimport.reading;

import org.openphoneimport.openphone.OpenPhoneException;

/**
 * An item for which OpenPhone did not answer, however often it was asked.
 *
 * @param failed what is stored when it has been tried in vain often enough
 * @param reason of the last try
 * @param askedForAll whether there was time to ask for all that belongs to it
 */
public record Unanswered(OpenItem item, Chunk failed, OpenPhoneException.Unavailable reason, boolean askedForAll) {
}
