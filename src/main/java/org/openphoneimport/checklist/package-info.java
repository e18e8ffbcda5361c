/**
 * What is done before a historical run and undone after it: the system becomes read-only and webhooks are paused. What came
 * meanwhile is imported by a run that follows.
 */
@NullMarked
package org.openphoneimport.checklist;

import org.jspecify.annotations.NullMarked;
