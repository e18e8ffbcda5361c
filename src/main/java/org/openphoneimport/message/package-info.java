/** What is stored of messages. */
@NullMarked
package org.openphoneimport.message;

import org.jspecify.annotations.NullMarked;
