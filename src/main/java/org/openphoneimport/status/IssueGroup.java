package org.openphoneimport.status;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Issues of a run that have one reason.
 *
 * @param group to ask for them by
 * @param level {@code error} or {@code warning}
 * @param stage what was being done
 * @param subject what they are about: conversation, message, call
 * @param count how many they are
 * @param example what one of them says
 */
@RegisterForReflection
public record IssueGroup(String group, String level, String stage, String subject, long count, String example) {
}
