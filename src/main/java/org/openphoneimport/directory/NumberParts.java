package org.openphoneimport.directory;

import java.util.List;
import java.util.UUID;

import org.openphoneimport.document.NumberHoursDocument;
import org.openphoneimport.document.NumberMemberDocument;
import org.openphoneimport.document.NumberSettingsDocument;

/** Stores what OpenPhone gave of one of the workspace's own numbers. */
public final class NumberParts {

    private NumberParts() {
    }

    /** Stores when it is open. */
    public static void storeHours(NumberHoursDocument hours, UUID run) {
        DirectoryTable.NUMBER_HOURS.store(List.of(hours), run);
    }

    /** Stores who may use it, and notes who may not any more. */
    public static void storeMembers(String number, List<NumberMemberDocument> members, UUID run) {
        DirectoryTable.NUMBER_MEMBERS.store(members, run);
        DirectoryTable.NUMBER_MEMBERS.noteAbsent("phone_number_id", List.of(number), members);
        PhoneNumber.storeUsers(number, members.stream().map(NumberMemberDocument::userId).toList());
    }

    /** Stores whether it records calls. */
    public static void storeSettings(NumberSettingsDocument settings, UUID run) {
        DirectoryTable.NUMBER_SETTINGS.store(List.of(settings), run);
    }
}
