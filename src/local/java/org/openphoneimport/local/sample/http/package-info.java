/**
 * A small HTTP server for tests: it counts what it is asked, grants so many requests a second, and can be told to fail.
 * It knows nothing of OpenPhone.
 */
@NullMarked
package org.openphoneimport.local.sample.http;

import org.jspecify.annotations.NullMarked;
