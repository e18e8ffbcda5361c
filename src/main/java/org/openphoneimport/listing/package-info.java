/**
 * What start-run goes on with once a run has begun: the directory and the conversations are listed, page by page, and cut into
 * batches. All batches are written before the first is sent.
 */
@NullMarked
package org.openphoneimport.listing;

import org.jspecify.annotations.NullMarked;
