package org.openphoneimport.directory;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What is imported beside conversations, users, contacts and their fields. What is left out here is named where the verdict
 * is, and does not count as missing.
 */
@ConfigMapping(prefix = "directory")
public interface DirectoryConfig {

    /** The workspace itself: its name and its subscription. One request a run. */
    @WithDefault("true")
    boolean organization();

    /** Tasks. A request for 100 of them, each run. */
    @WithDefault("true")
    boolean tasks();

    /** Business hours and restrictions of numbers. A request a number. */
    @WithDefault("true")
    boolean hours();

    /** Members of numbers. A request a number. */
    @WithDefault("true")
    boolean members();

    /** Whether numbers record their calls. A request a number. */
    @WithDefault("true")
    boolean settings();

    /** Notes of contacts, with the files that hang on them. A request a contact: 1,500 contacts take three minutes. */
    @WithDefault("true")
    boolean notes();

    /**
     * Properties of contacts: phone numbers, e-mail addresses and values with ids and dates. A request a contact. v1 gives the
     * same inline, without dates; where only the API of 2026-03-30 answers nothing else has the numbers.
     */
    @WithDefault("true")
    boolean properties();

    /** Who may see contacts. A request a contact. */
    @WithDefault("true")
    boolean shares();

    /**
     * How old the lists of users, contacts, custom fields, tasks and the organization may be before a reconciliation reads them
     * again. Longer costs less where reconciliations run often: 1,500 contacts are 60 requests, half of them to the other API.
     */
    @WithDefault("6h")
    Duration listsAge();

    /** How old what is known of numbers may be before a reconciliation asks again. Shorter costs three requests a number. */
    @WithDefault("1d")
    Duration numbersAge();

    /**
     * How old what is known of contacts may be before a reconciliation asks again for those that seem unchanged: nothing tells
     * that a note was added. Shorter finds it sooner, and costs three requests a contact each time.
     */
    @WithDefault("7d")
    Duration contactsAge();

    /** Whether a kind is wanted. */
    default boolean wants(DirectoryPart part) {
        return switch (part) {
            case NUMBER_HOURS -> hours();
            case NUMBER_MEMBERS -> members();
            case NUMBER_SETTINGS -> settings();
            case CONTACT_NOTES -> notes();
            case CONTACT_PROPERTIES -> properties();
            case CONTACT_SHARES -> shares();
        };
    }

    /** What leaves a kind out, as it is set: {@code DIRECTORY_NOTES}. */
    static String variable(DirectoryPart part) {
        var text = part.text();
        return "DIRECTORY_" + text.substring(text.indexOf('_') + 1).toUpperCase(java.util.Locale.ROOT);
    }
}
