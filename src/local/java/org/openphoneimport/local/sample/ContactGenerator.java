package org.openphoneimport.local.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SampleContact.CustomField;
import org.openphoneimport.local.sample.document.SampleContact.DefaultFields;
import org.openphoneimport.local.sample.document.SampleContact.Item;

/** Makes an address book in which some of the conversations' parties stand. */
final class ContactGenerator {

    private final Dice dice;
    private final SampleDirectory directory;
    private final Instant start;

    ContactGenerator(long seed, SampleDirectory directory, Instant start) {
        this.dice = new Dice(seed, "contacts");
        this.directory = directory;
        this.start = start;
    }

    SampleContact contact(int index, String number) {
        var created = dice.time(start, SampleWorkspace.END);
        var imported = dice.chance(0.3);
        return new SampleContact(dice.hexId("", 24), imported ? "crm-" + index : null, imported ? "public-api" : null,
                imported ? "https://crm.example.com/people/" + index : null, fields(index, number), customFields(), created,
                dice.time(created, SampleWorkspace.END), dice.pick(directory.users()).id());
    }

    private DefaultFields fields(int index, String number) {
        var first = dice.maybe(0.9, () -> dice.pick(Words.FIRST_NAMES));
        var phones = new ArrayList<Item>();
        phones.add(item("mobile", number));
        if (dice.chance(0.02)) {
            phones.add(item("work", null));
        }
        var emails = dice.chance(0.5) ? List.of(item("work", "person" + index + "@example.com")) : List.<Item> of();
        return new DefaultFields(dice.maybe(0.3, () -> dice.pick(Words.COMPANIES)), emails, first,
                dice.maybe(0.7, () -> dice.pick(Words.LAST_NAMES)), List.copyOf(phones),
                dice.maybe(0.2, () -> "Manager"));
    }

    private Item item(String name, @Nullable String value) {
        return new Item(name, value, dice.maybe(0.9, () -> dice.hexId("", 12)));
    }

    private List<CustomField> customFields() {
        return directory.customFields().stream().filter(definition -> dice.chance(0.2)).map(this::customField).toList();
    }

    private CustomField customField(SampleContact.Definition definition) {
        Object value = switch (definition.type()) {
            case "boolean" -> dice.chance(0.5);
            case "number" -> dice.between(0, 250_000) / 100d;
            case "multi-select" -> List.of("road", "gravel").subList(0, dice.between(1, 2));
            case "date" -> dice.time(start, SampleWorkspace.END);
            default -> dice.pick(Words.COMPANIES);
        };
        return new CustomField(definition.name(), definition.key(), dice.hexId("", 12), definition.type(),
                dice.chance(0.1) ? null : value);
    }
}
