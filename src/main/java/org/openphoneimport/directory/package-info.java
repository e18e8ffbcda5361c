/** The workspace itself, its own numbers, its users, contacts and tasks, and what hangs on numbers and contacts. */
@NullMarked
package org.openphoneimport.directory;

import org.jspecify.annotations.NullMarked;
