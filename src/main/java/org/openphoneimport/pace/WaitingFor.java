package org.openphoneimport.pace;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Why a run stands still without anybody having stopped it.
 *
 * @param why a sentence without a full stop
 * @param until when it goes on by itself; null when that is not known
 */
@RegisterForReflection
public record WaitingFor(String why, @Nullable Instant until) {
}
