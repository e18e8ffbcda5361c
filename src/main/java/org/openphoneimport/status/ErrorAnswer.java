package org.openphoneimport.status;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the JSON API answers when it does not do what it was asked for.
 *
 * @param error what is wrong and what to do, as a sentence
 * @param field which part of the request is wrong; null when it is not the request
 */
@RegisterForReflection
public record ErrorAnswer(String error, @Nullable String field) {
}
