/** What is stored of calls. */
@NullMarked
package org.openphoneimport.call;

import org.jspecify.annotations.NullMarked;
