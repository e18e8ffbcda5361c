package org.openphoneimport.local.sample;

import org.openphoneimport.local.sample.http.SampleRequest;

/** Who may read what went over a number: its members. A number that was deleted has none, and all may read. */
final class Access {

    private final SampleDirectory directory;

    Access(SampleDirectory directory) {
        this.directory = directory;
    }

    /** Refuses with 403 if the user asked as, by default the key's owner, is no member of the number. */
    void check(SampleRequest request, ApiResource resource, String phoneNumberId) {
        var user = new Query(request, resource).optional("userId", Query.USER).orElse(directory.owner().id());
        checkKnown(resource, phoneNumberId);
        if (!allowed(user, phoneNumberId)) {
            throw resource.notPhoneNumberUser();
        }
    }

    /** Refuses with 404 if the workspace never had the number. */
    void checkKnown(ApiResource resource, String phoneNumberId) {
        if (directory.numberEverKnown(phoneNumberId).isEmpty()) {
            throw resource.notFound(phoneNumberId);
        }
    }

    boolean allowed(String userId, String phoneNumberId) {
        return directory.phoneNumbers().stream().filter(number -> number.id().equals(phoneNumberId)).findFirst()
                .map(number -> number.hasMember(userId)).orElse(true);
    }
}
