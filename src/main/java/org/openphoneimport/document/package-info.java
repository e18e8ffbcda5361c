/**
 * OpenPhone's documents as records: what is told of a conversation, a message, a call, a contact and the rest of a workspace.
 *
 * <p>
 * {@link org.openphoneimport.document.Fields} reads a document field by field and notes what does not fit;
 * {@link org.openphoneimport.document.Storable} replaces what Postgres cannot hold. Every record keeps the whole document as
 * its payload. Nothing here knows how a document was requested.
 */
@NullMarked
package org.openphoneimport.document;

import org.jspecify.annotations.NullMarked;
