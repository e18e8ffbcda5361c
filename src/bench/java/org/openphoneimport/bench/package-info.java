/**
 * {@code ./mvnw -Pbench verify}: imports one sample workspace with this importer and with two others, one after the other, from
 * the same server into the same PostgreSQL, and writes what that took.
 */
@NullMarked
package org.openphoneimport.bench;

import org.jspecify.annotations.NullMarked;
