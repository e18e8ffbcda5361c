package org.openphoneimport.local.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.openphoneimport.local.sample.document.SampleContact;
import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.document.SampleUser;

/** Who is who: phone numbers, users, contacts and their custom fields. */
public final class SampleDirectory {

    private final List<SamplePhoneNumber> phoneNumbers;
    private final Map<String, SamplePhoneNumber> deletedNumbers;
    private final List<SampleUser> users;
    private final List<SampleContact.Definition> customFields;
    private final Map<String, SampleContact> contacts = new ConcurrentHashMap<>();
    private final Timeline<SampleUser> userPages = new Timeline<>(SampleUser::id, SampleUser::createdAt);
    private final Timeline<SampleContact> contactPages = new Timeline<>(SampleContact::id, SampleContact::createdAt);

    SampleDirectory(List<SamplePhoneNumber> phoneNumbers, List<SamplePhoneNumber> deletedNumbers, List<SampleUser> users,
            List<SampleContact.Definition> customFields) {
        this.phoneNumbers = List.copyOf(phoneNumbers);
        this.deletedNumbers = deletedNumbers.stream().collect(Collectors.toMap(SamplePhoneNumber::id, Function.identity()));
        this.users = List.copyOf(users);
        this.customFields = List.copyOf(customFields);
        users.forEach(userPages::put);
    }

    /** Returns the numbers that {@code /v1/phone-numbers} lists. */
    public List<SamplePhoneNumber> phoneNumbers() {
        return phoneNumbers;
    }

    /** Returns the numbers that were deleted: conversations point to them, the API does not know them. */
    public List<SamplePhoneNumber> deletedNumbers() {
        return List.copyOf(deletedNumbers.values());
    }

    /** Returns the own number with that id, a deleted one too. */
    public Optional<SamplePhoneNumber> numberEverKnown(String phoneNumberId) {
        return phoneNumbers.stream().filter(number -> number.id().equals(phoneNumberId)).findFirst()
                .or(() -> Optional.ofNullable(deletedNumbers.get(phoneNumberId)));
    }

    /** Returns the users; the first is the workspace's owner, to whom the key belongs. */
    public List<SampleUser> users() {
        return users;
    }

    /** Returns the user to whom the key belongs. */
    public SampleUser owner() {
        return users.getFirst();
    }

    /** Returns the contacts, in no order. */
    public List<SampleContact> contacts() {
        return new ArrayList<>(contacts.values());
    }

    /** Returns the contact with that id. */
    public Optional<SampleContact> contact(String id) {
        return Optional.ofNullable(contacts.get(id));
    }

    /** Returns the fields this workspace added to contacts. */
    public List<SampleContact.Definition> customFields() {
        return customFields;
    }

    /** Adds a contact, or replaces the one with its id. */
    public void put(SampleContact contact) {
        contacts.put(contact.id(), contact);
        contactPages.put(contact);
    }

    Timeline<SampleUser> userPages() {
        return userPages;
    }

    Timeline<SampleContact> contactPages() {
        return contactPages;
    }
}
