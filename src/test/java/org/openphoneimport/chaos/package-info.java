/**
 * Nothing lost, nothing double, whatever dies. The application runs in a process of its own, which can be killed at any moment;
 * the workspace, the database and the queues live in the tests' process, which can let them fail in every way.
 */
@NullMarked
package org.openphoneimport.chaos;

import org.jspecify.annotations.NullMarked;
