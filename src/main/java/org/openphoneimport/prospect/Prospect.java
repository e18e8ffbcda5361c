package org.openphoneimport.prospect;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.checklist.ChecklistConfig.WebhookTreatment;
import org.openphoneimport.document.PhoneNumberDocument;

/**
 * What is known before a run starts: whose key it is, and what a historical import changes around it.
 *
 * @param obstacle why none can start, in a sentence; null when nothing speaks against it
 * @param numbers the workspace's own, as OpenPhone lists them under the key
 * @param webhooks how many are live; null where OpenPhone was not asked
 * @param pausable how many of them can be paused
 * @param unread lists of webhooks that could not be read, a sentence each
 * @param treatment what becomes of them
 * @param readOnlyRoles roles of Postgres that cannot write meanwhile
 */
public record Prospect(@Nullable String obstacle, List<PhoneNumberDocument> numbers,
        @Nullable Integer webhooks, int pausable, List<String> unread, WebhookTreatment treatment, List<String> readOnlyRoles) {
}
