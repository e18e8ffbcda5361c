package org.openphoneimport.batch;

import java.util.List;

import org.openphoneimport.call.PartKind;
import org.openphoneimport.openphone.Generation;

/**
 * A call that is asked for what belongs to it.
 *
 * @param kinds what is asked for
 * @param generation of the API that is asked
 */
record OpenCall(String id, List<PartKind> kinds, Generation generation) implements OpenItem {
}
