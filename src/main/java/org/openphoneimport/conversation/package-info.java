/** What is stored of conversations. */
@NullMarked
package org.openphoneimport.conversation;

import org.jspecify.annotations.NullMarked;
