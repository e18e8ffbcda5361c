package org.openphoneimport.thread;

/**
 * Something that is missing in a conversation, or not as OpenPhone has it.
 *
 * @param kind missing, different, unavailable, accepted, newer, waiting or absent
 * @param subject conversation, message, call, media ...
 * @param id OpenPhone's id of that
 * @param finding a sentence, or what it is counted among
 */
public record Gap(String kind, String subject, String id, String finding) {
}
