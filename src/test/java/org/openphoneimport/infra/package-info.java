/** What is deployed: the template, and the artifact as AWS runs it. */
@NullMarked
package org.openphoneimport.infra;

import org.jspecify.annotations.NullMarked;
