package org.openphoneimport.listing;

import java.util.ArrayList;
import java.util.List;

import org.openphoneimport.document.Document;
import org.openphoneimport.openphone.Page;
import org.openphoneimport.run.Issue;

/** What is odd about a page of the listing: nothing is lost by it, but an operator may want to know. */
final class Oddities {

    private Oddities() {
    }

    static List<Issue> of(ListingStage stage, Page<?> page) {
        var issues = new ArrayList<Issue>();
        for (var item : page.items()) {
            if (item instanceof Document document && !document.oddities().isEmpty()) {
                issues.add(Issue.warning(stage.isDirectory() ? "directory" : "listing", subject(stage), document.id(),
                        String.join("; ", document.oddities()), null));
            }
        }
        if (page.unreadable() > 0) {
            issues.add(Issue.warning("listing", "page", page.request(),
                    "Elements of the list that are no %ss: %d".formatted(subject(stage), page.unreadable()), page.request()));
        }
        if (page.namedItself()) {
            issues.add(Issue.warning("listing", "list", stage.text(), page.oddities().getLast(), page.request()));
        }
        return issues;
    }

    private static String subject(ListingStage stage) {
        return switch (stage) {
            case USERS -> "user";
            case CONTACTS -> "contact";
            case CUSTOM_FIELDS -> "custom field";
            case TASKS -> "task";
            case ORGANIZATION -> "organization";
            case NUMBERS -> "phone number";
            case API, EVERYTHING, GAP, WITNESS, CUT, DONE -> "conversation";
        };
    }
}
