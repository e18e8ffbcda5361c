/** What messages and calls have in common. */
@NullMarked
package org.openphoneimport.activity;

import org.jspecify.annotations.NullMarked;
