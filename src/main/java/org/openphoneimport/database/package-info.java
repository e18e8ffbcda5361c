/** What can be told of Postgres by how it fails. */
@NullMarked
package org.openphoneimport.database;

import org.jspecify.annotations.NullMarked;
