package org.openphoneimport.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.document.SamplePhoneNumber.Member;
import org.openphoneimport.local.sample.document.SamplePhoneNumber.Regions;
import org.openphoneimport.local.sample.document.SamplePhoneNumber.Restrictions;
import org.openphoneimport.local.sample.document.SampleUser;

/** Makes the users, and the numbers they share: twelve that exist, of one of which the owner is no member, and two deleted. */
final class DirectoryGenerator {

    static final int NUMBERS = 12;
    static final int DELETED = 2;

    private static final int USERS = 8;
    private static final List<String> NAMES = List.of("Main line", "Service desk 🔧", "Sales", "Rentals", "Billing", "Events",
            "Downtown shop", "Harbor shop", "Fleet", "Returns", "After hours", "Warehouse", "Old line", "Fax");
    private static final Regions AT_HOME = new Regions("unrestricted", "restricted", "unrestricted");

    private final Dice dice;
    private final FictionalNumbers numbers;
    private final Instant start;

    DirectoryGenerator(long seed, FictionalNumbers numbers, Instant start) {
        this.dice = new Dice(seed, "directory");
        this.numbers = numbers;
        this.start = start;
    }

    SampleDirectory generate() {
        var users = IntStream.range(0, USERS).mapToObj(this::user).toList();
        var all = IntStream.range(0, NUMBERS + DELETED).mapToObj(index -> phoneNumber(index, users)).toList();
        return new SampleDirectory(all.subList(0, NUMBERS), all.subList(NUMBERS, NUMBERS + DELETED), users, List.of(
                new SampleContact.Definition("Bike", "bike", "string"),
                new SampleContact.Definition("Newsletter", "newsletter", "boolean"),
                new SampleContact.Definition("Lifetime value", "lifetime-value", "number"),
                new SampleContact.Definition("Interests", "interests", "multi-select"),
                new SampleContact.Definition("Customer since", "customer-since", "date"),
                new SampleContact.Definition("Address", "address", "address")));
    }

    private SampleUser user(int index) {
        var created = start.minus(Duration.ofDays(30 - index));
        return new SampleUser(dice.id("US", 10), "user" + index + "@northside.example.com",
                index == USERS - 1 ? null : Words.FIRST_NAMES.get(index * 3),
                dice.maybe(0.8, () -> dice.pick(Words.LAST_NAMES)),
                dice.maybe(0.5, () -> "https://avatars.example.com/" + index + ".png"), role(index), created,
                dice.time(created, SampleWorkspace.END));
    }

    private static String role(int index) {
        return switch (index) {
            case 0 -> "owner";
            case 1 -> "admin";
            default -> "member";
        };
    }

    private SamplePhoneNumber phoneNumber(int index, List<SampleUser> users) {
        var number = numbers.own(index);
        var members = new ArrayList<Member>();
        var group = dice.id("GR", 10);
        for (int i = 0; i < users.size(); i++) {
            boolean owner = i == 0;
            // the last number that exists is the one the key's owner cannot read
            if (owner ? index != NUMBERS - 1 : i % 3 == index % 3 || i == 1 + index % (USERS - 1)) {
                var user = users.get(i);
                members.add(new Member(user.email(), user.firstName(), group, user.id(), user.lastName(), user.role()));
            }
        }
        var created = start.minus(Duration.ofDays(20)).plus(Duration.ofMinutes(index));
        return new SamplePhoneNumber(dice.id("PN", 10), group, null, dice.maybe(0.9, () -> formatted(number)),
                dice.maybe(0.1, () -> numbers.other(0)), NAMES.get(index), number, null,
                dice.maybe(0.7, () -> dice.pick(List.of("🚲", "🔧", "☎️"))), List.copyOf(members), created,
                dice.time(created, SampleWorkspace.END), new Restrictions(AT_HOME, AT_HOME));
    }

    private static String formatted(String number) {
        return "(%s) %s-%s".formatted(number.substring(2, 5), number.substring(5, 8), number.substring(8));
    }
}
