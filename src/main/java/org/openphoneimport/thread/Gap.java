package org.openphoneimport.thread;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Something that is missing in a conversation, or not as OpenPhone has it.
 *
 * @param kind missing, different, unavailable, accepted, newer, waiting or absent
 * @param subject conversation, message, call, media ...
 * @param id OpenPhone's id of that
 * @param finding a sentence, or what it is counted among
 */
@RegisterForReflection
public record Gap(String kind, String subject, String id, String finding) {
}
