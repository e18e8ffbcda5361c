/**
 * The verdict as a document to keep: readable years later, without this program, and with digests that any program can compute
 * again from the rows.
 */
@NullMarked
package org.openphoneimport.proof;

import org.jspecify.annotations.NullMarked;
