package org.openphoneimport.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What OpenPhone gives only of one contact or one number at a time, each kind a request of its own. */
public enum DirectoryPart {
    /** When a number is open, and where it may call and text. */
    NUMBER_HOURS(Subject.PHONE_NUMBER),
    /** Who may use a number. */
    NUMBER_MEMBERS(Subject.PHONE_NUMBER),
    /** Whether a number's calls are recorded. */
    NUMBER_SETTINGS(Subject.PHONE_NUMBER),
    /** What colleagues wrote about a contact. */
    CONTACT_NOTES(Subject.CONTACT),
    /** Phone numbers, e-mail addresses and values of a contact. */
    CONTACT_PROPERTIES(Subject.CONTACT),
    /** Who may see a contact. */
    CONTACT_SHARES(Subject.CONTACT);

    /** What they are parts of. */
    public enum Subject {
        /** One of the workspace's own numbers. */
        PHONE_NUMBER("phone_numbers"),
        /** An entry of the address book. */
        CONTACT("contacts");

        private final String table;

        Subject(String table) {
            this.table = table;
        }

        /** As in {@code directory_parts}, and in a sentence. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        String table() {
            return table;
        }
    }

    private final Subject subject;

    DirectoryPart(Subject subject) {
        this.subject = subject;
    }

    /** As it stands in {@code directory_parts}, where it is called as the list is that all of a kind make. */
    public static DirectoryPart of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Those of contacts or of numbers. */
    public static List<DirectoryPart> of(Subject subject) {
        return Arrays.stream(values()).filter(part -> part.subject == subject).toList();
    }

    /** As it stands in {@code directory_parts}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In a sentence. */
    public String words() {
        return text().replace('_', ' ');
    }

    /** What it is a part of. */
    public Subject subject() {
        return subject;
    }

    /** Where its rows are. */
    public String table() {
        return subject == Subject.PHONE_NUMBER ? "phone_" + text() : text();
    }
}
