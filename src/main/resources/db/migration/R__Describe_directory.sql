-- One statement, so that a start in AWS waits for one answer.
DO $$ BEGIN

COMMENT ON TABLE phone_numbers IS
    'The workspace''s own numbers. start-run stores them each time a run starts, a repair stores those that are missing. '
    'Nothing is ever deleted; absent_since marks numbers that OpenPhone does not list any more.';
COMMENT ON COLUMN phone_numbers.id IS
    'OpenPhone''s id, PN...';
COMMENT ON COLUMN phone_numbers.number IS
    'The number in E.164, such as +12025550123; null when OpenPhone does not name it.';
COMMENT ON COLUMN phone_numbers.name IS
    'Name of the number in the workspace; may be null.';
COMMENT ON COLUMN phone_numbers.users IS
    'Ids of the users of the number, US...; see users.id.';
COMMENT ON COLUMN phone_numbers.ask_as IS
    'User whose id goes with requests about this number, since the workspace''s owner does not use it and might be shown '
    'less; null where the owner does, or no user is known.';
COMMENT ON COLUMN phone_numbers.created_at IS
    'When it was created in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN phone_numbers.updated_at IS
    'When it last changed in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN phone_numbers.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN phone_numbers.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN phone_numbers.absent_since IS
    'When a verification found that OpenPhone does not list it any more; null while OpenPhone lists it.';
COMMENT ON COLUMN phone_numbers.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a row that '
    'no import has written.';

COMMENT ON TABLE users IS
    'People who work in the workspace. start-run stores them when it lists. Nothing is ever deleted; absent_since marks '
    'users that OpenPhone does not list any more.';
COMMENT ON COLUMN users.id IS
    'OpenPhone''s id, US...';
COMMENT ON COLUMN users.email IS
    'E-mail address.';
COMMENT ON COLUMN users.first_name IS
    'First name; may be null.';
COMMENT ON COLUMN users.last_name IS
    'Last name; may be null.';
COMMENT ON COLUMN users.role IS
    'Role in the workspace: owner, admin or member.';
COMMENT ON COLUMN users.created_at IS
    'When the user was created in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN users.updated_at IS
    'When the user last changed in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN users.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN users.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN users.absent_since IS
    'When a run read the list of users to its end without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN users.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a row that '
    'no import has written.';

COMMENT ON TABLE contacts IS
    'The workspace''s address book. start-run stores it when it lists. E-mail addresses and values of custom fields stand in '
    'payload, telephone numbers in contact_phone_numbers. Nothing is ever deleted; absent_since marks contacts that '
    'OpenPhone does not list any more.';
COMMENT ON COLUMN contacts.id IS
    'OpenPhone''s id.';
COMMENT ON COLUMN contacts.external_id IS
    'Id of the contact in another system, given when it was created; null when none was.';
COMMENT ON COLUMN contacts.source IS
    'System that the contact comes from, such as public-api; null for contacts that were created in OpenPhone.';
COMMENT ON COLUMN contacts.first_name IS
    'First name; may be null.';
COMMENT ON COLUMN contacts.last_name IS
    'Last name; may be null.';
COMMENT ON COLUMN contacts.company IS
    'Company; may be null.';
COMMENT ON COLUMN contacts.role IS
    'Role of the contact; may be null.';
COMMENT ON COLUMN contacts.created_at IS
    'When the contact was created in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN contacts.updated_at IS
    'When the contact last changed in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN contacts.payload IS
    'The document as received from OpenPhone, with e-mail addresses and custom fields.';
COMMENT ON COLUMN contacts.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN contacts.absent_since IS
    'When a run read the list of contacts to its end without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN contacts.digest IS
    'row_digest of the row, its numbers included, as the import wrote it. If it differs now, something else has changed the '
    'row. Null in a row that no import has written.';

COMMENT ON TABLE contact_phone_numbers IS
    'Telephone numbers of contacts, as typed and in E.164. Replaced as a whole when the contact is received.';
COMMENT ON COLUMN contact_phone_numbers.contact_id IS
    'The contact, see contacts.id.';
COMMENT ON COLUMN contact_phone_numbers.position IS
    'Order within the contact, from 0.';
COMMENT ON COLUMN contact_phone_numbers.label IS
    'Label such as mobile; may be null.';
COMMENT ON COLUMN contact_phone_numbers.value IS
    'The number as typed.';
COMMENT ON COLUMN contact_phone_numbers.number IS
    'The number in E.164, the form in which conversations name their participants. Null where the value is no number that '
    'can be dialled from everywhere. Without a country code it is read as one of the workspace''s country.';

COMMENT ON TABLE contact_custom_fields IS
    'Fields that the workspace added to contacts; their values stand in contacts.payload. start-run stores them when it '
    'lists.';
COMMENT ON COLUMN contact_custom_fields.id IS
    'Key of the field within contacts.payload; its name where OpenPhone gives no key.';
COMMENT ON COLUMN contact_custom_fields.name IS
    'Name of the field; may be null.';
COMMENT ON COLUMN contact_custom_fields.type IS
    'Type of the values: address, boolean, date, multi-select, number, string or url.';
COMMENT ON COLUMN contact_custom_fields.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN contact_custom_fields.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN contact_custom_fields.absent_since IS
    'When a run read the list of custom fields to its end without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN contact_custom_fields.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a row that '
    'no import has written.';

END $$;
