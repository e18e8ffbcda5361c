/**
 * What OpenPhone's v1 API returns, as records: component names are JSON names, a nullable component is written as {@code null}.
 * Times are written in UTC, with milliseconds only where they have some.
 */
@NullMarked
package org.openphoneimport.local.sample.document;

import org.jspecify.annotations.NullMarked;
