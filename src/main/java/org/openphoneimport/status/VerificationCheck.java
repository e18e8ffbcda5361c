package org.openphoneimport.status;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A comparison of a verification.
 *
 * @param name what was compared
 * @param checked how many
 * @param found how many of them were not as they should be
 * @param finding what else there is to say, in words; left out where there is nothing
 */
@RegisterForReflection
public record VerificationCheck(String name, long checked, long found,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String finding) {
}
