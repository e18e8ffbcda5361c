package org.openphoneimport.batch;

/**
 * An item for which OpenPhone did not answer, however often it was asked.
 *
 * @param failed what is stored when it has been tried in vain often enough
 */
record Unanswered(OpenItem item, Step failed) {
}
