package org.openphoneimport.proof;

/**
 * What stands in OpenPhone's app and in none of its APIs, so that no import can bring it. A test holds that
 * {@code docs/limits.md} has the same list.
 */
public enum NotGiven {

    THREADS("internal threads, comments and mentions on texts, calls and voicemails, and their resolved mark",
            "copy what you need"),
    CONVERSATION_STATE("whether a conversation is open, done or unread",
            "nothing"),
    FORMER_ASSIGNEES("who a conversation was assigned to",
            "only v1 tells who it is assigned to now"),
    TAGS("tags, reactions, scheduled messages",
            "send or write down scheduled messages"),
    MESSAGE_STEPS("the steps of a message's status, and its error code",
            "the last status is imported"),
    GROUP_NAMES("names and members of groups: an API gives the group's id only (GR...)",
            "nothing"),
    CALL_FLOWS("call flows, phone menus, greetings",
            "write them down"),
    AGENTS("names and instructions of AI agents: an API gives their id only (SYU...)",
            "write them down"),
    ANALYTICS("analytics",
            "note the figures that you need"),
    BLOCKED("blocked numbers",
            "write them down"),
    OPT_OUTS("opt-outs",
            "find them in the messages: an incoming text of only STOP, STOPALL, UNSUBSCRIBE, CANCEL, END or "
                    + "QUIT. START or UNSTOP takes it back"),
    AUDIT_LOG("the audit log",
            "nothing"),
    DELETED("deleted data. Only conversations and tasks that were deleted can show, by their deletedAt",
            "nothing"),
    FORMER_MEMBERS("former members, and when a user was a member",
            "the ids of former members remain in messages and calls"),
    LOCATIONS("a contact's location",
            "nothing"),
    WEBHOOKS("webhooks that were made in the app: the API lists its own only",
            "switch them off in the app during an import"),
    BILLING("credits and billing",
            "keep your invoices"),
    FILE_NAMES("name and size of an attachment: an API gives its URL and type only",
            "the importer stores type and size of the downloaded file"),
    URL_LIFETIME("how long the URL of a file lives",
            "the importer downloads files during the run, and asks for a new URL when one has expired"),
    CALL_CONVERSATION("the conversation of a call",
            "the importer finds it by number and participants");

    private final String what;
    private final String remedy;

    NotGiven(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /**
     *
     * What it is.
     */

    public String what() {
        return what;
    }

    /**
     *
     * What a
     * person can do
     * about it.
     */

    public String remedy() {
        return remedy;
    }
}
