/** How rows get into a statement, what Postgres can hold, and what can be told of it by how it fails. */
@NullMarked
package org.openphoneimport.database;

import org.jspecify.annotations.NullMarked;
