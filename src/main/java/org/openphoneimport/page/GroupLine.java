package org.openphoneimport.page;

import org.openphoneimport.frame.Format;
import org.openphoneimport.status.IssueGroup;

/**
 * Issues of one reason, as the page counts them.
 *
 * @param error whether something is missing
 * @param stage what was being done
 * @param subject what they are about
 * @param count how many they are
 * @param what what one of them says
 * @param address of these alone
 */
public record GroupLine(boolean error, String stage, String subject, String count, String what, String address) {

    static GroupLine of(IssueGroup group, String run) {
        return new GroupLine(group.level().equals("error"), group.stage(), group.subject(), Format.exact(group.count()),
                Format.shortened(group.example()),
                "/runs/" + run + "/issues?level=" + group.level() + "&group=" + group.group());
    }
}
