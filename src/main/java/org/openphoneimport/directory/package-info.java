/** The workspace's own numbers, its users and contacts. */
@NullMarked
package org.openphoneimport.directory;

import org.jspecify.annotations.NullMarked;
