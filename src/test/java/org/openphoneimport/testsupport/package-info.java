/** What tests have at hand: everything that the application needs, on this machine, and ways to look at what it did. */
@NullMarked
package org.openphoneimport.testsupport;

import org.jspecify.annotations.NullMarked;
