/** Files that messages, recordings and voicemails point to. */
@NullMarked
package org.openphoneimport.media;

import org.jspecify.annotations.NullMarked;
