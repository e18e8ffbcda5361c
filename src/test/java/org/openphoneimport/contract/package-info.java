/** Holds what is asked of OpenPhone, and what the sample workspace answers, against OpenAPI documents of both generations. */
@NullMarked
package org.openphoneimport.contract;

import org.jspecify.annotations.NullMarked;
