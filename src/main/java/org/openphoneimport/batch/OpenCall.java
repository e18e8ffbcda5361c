package org.openphoneimport.batch;

import java.util.List;

import org.openphoneimport.call.PartKind;

/**
 * A call that is asked for what belongs to it.
 *
 * @param kinds what is asked for
 */
record OpenCall(String id, List<PartKind> kinds) implements OpenItem {
}
