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
COMMENT ON COLUMN phone_numbers.listed_since IS
    'Since when OpenPhone lists it, as far as runs have seen: its conversations may be listed since then only, whenever they '
    'were updated. Null in rows of version 75 and older.';
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
COMMENT ON COLUMN users.listed_by IS
    'The APIs that have listed it: v1, 2026-03-30. Only one that has listed a user before can tell that it is gone. Empty where '
    'that is not known, in rows of version 76 and older.';
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
COMMENT ON COLUMN contacts.listed_by IS
    'The APIs that have listed it: v1, 2026-03-30. Only one that has listed a contact before can tell that it is gone. Empty where '
    'that is not known, in rows of version 76 and older.';
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

COMMENT ON TABLE organization IS
    'The workspace itself, one row. start-run stores it when it lists.';
COMMENT ON COLUMN organization.id IS
    'OpenPhone''s id, OR...';
COMMENT ON COLUMN organization.name IS
    'Name of the workspace; may be null.';
COMMENT ON COLUMN organization.subscription_status IS
    'active or expired; expired also where there never was a subscription.';
COMMENT ON COLUMN organization.created_at IS
    'When it was created in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN organization.updated_at IS
    'When it last changed in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN organization.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN organization.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN organization.absent_since IS
    'When a run was told of another one; null while OpenPhone tells of this one.';
COMMENT ON COLUMN organization.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE tasks IS
    'Follow-ups. start-run stores them when it lists. Nothing is ever deleted; a task that was deleted in OpenPhone '
    'has that status, absent_since marks those that OpenPhone does not list any more.';
COMMENT ON COLUMN tasks.id IS
    'OpenPhone''s id, TK...';
COMMENT ON COLUMN tasks.title IS
    'Title; may be null.';
COMMENT ON COLUMN tasks.description IS
    'What is to be done; may be null.';
COMMENT ON COLUMN tasks.status IS
    'open, completed or deleted.';
COMMENT ON COLUMN tasks.due_date IS
    'When it is due; may be null.';
COMMENT ON COLUMN tasks.assigned_to IS
    'User or AI agent who is to do it, US... or SYU...; may be null.';
COMMENT ON COLUMN tasks.assigned_by IS
    'Who assigned it, US... or SYU...; may be null.';
COMMENT ON COLUMN tasks.created_by IS
    'Who created it, US... or SYU...; null when OpenPhone does not say.';
COMMENT ON COLUMN tasks.created_at IS
    'When it was created in OpenPhone; null when OpenPhone does not say. When it last changed no API tells.';
COMMENT ON COLUMN tasks.conversation_id IS
    'Conversation that it belongs to, see conversations.id; may be null.';
COMMENT ON COLUMN tasks.phone_number_id IS
    'Number that it belongs to, see phone_numbers.id; may be null.';
COMMENT ON COLUMN tasks.activity_id IS
    'Message or call that it belongs to, see messages.id and calls.id; may be null.';
COMMENT ON COLUMN tasks.revision IS
    'Grows with every change; null when OpenPhone does not say.';
COMMENT ON COLUMN tasks.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN tasks.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN tasks.absent_since IS
    'When a run read the list of tasks to its end without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN tasks.listed_by IS
    'The APIs that have listed it: v1, 2026-03-30. Only one that has listed a task before can tell that it is gone. Empty where '
    'that is not known, in rows of version 76 and older.';
COMMENT ON COLUMN tasks.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE directory_parts IS
    'What OpenPhone gives only of one contact or one number at a time, a row for each kind of each: whether it was '
    'asked for, and what came. start-run notes and asks for those of numbers, batches for those of contacts.';
COMMENT ON COLUMN directory_parts.subject IS
    'What it is a part of: phone number or contact.';
COMMENT ON COLUMN directory_parts.subject_id IS
    'Which one, see phone_numbers.id and contacts.id.';
COMMENT ON COLUMN directory_parts.kind IS
    'What it is: number_hours, number_members, number_settings, contact_notes, contact_properties or contact_shares. '
    'All of a kind are the list of that name in list_records.';
COMMENT ON COLUMN directory_parts.status IS
    'pending: to be asked for. stored: there is some. none: there is none. refused: OpenPhone does not give it. '
    'failed: it could not be read.';
COMMENT ON COLUMN directory_parts.finding IS
    'Why it was refused or failed, a sentence; null when it was not.';
COMMENT ON COLUMN directory_parts.subject_digest IS
    'Digest of the payload of the contact or number when this was noted. If that has another one it has changed, and '
    'is asked for again.';
COMMENT ON COLUMN directory_parts.answered_digest IS
    'subject_digest when OpenPhone last gave it, or said that there is none; null when it did not. When a run is cancelled '
    'that was to ask once more, what was given stays.';
COMMENT ON COLUMN directory_parts.run_id IS
    'Run that asks, or asked last, see import_runs.id.';
COMMENT ON COLUMN directory_parts.batch_id IS
    'Batch that asks, see import_batches.id; null for numbers, and before one is cut.';
COMMENT ON COLUMN directory_parts.attempts IS
    'Deliveries in which OpenPhone answered others but not this.';
COMMENT ON COLUMN directory_parts.asked_at IS
    'When OpenPhone last answered; null before.';
COMMENT ON COLUMN directory_parts.rows IS
    'How many rows were stored then and listed by OpenPhone; null before.';
COMMENT ON COLUMN directory_parts.digest IS
    'Sum of their row_digest; null before. If it differs now, something else has changed them.';

COMMENT ON TABLE phone_number_hours IS
    'When the workspace''s numbers are open, and where they may call and text. start-run stores them when it lists.';
COMMENT ON COLUMN phone_number_hours.phone_number_id IS
    'The number, see phone_numbers.id.';
COMMENT ON COLUMN phone_number_hours.enabled IS
    'Whether the hours are in use; null when OpenPhone does not say.';
COMMENT ON COLUMN phone_number_hours.timezone IS
    'Time zone of the hours by its IANA name; null when OpenPhone does not say.';
COMMENT ON COLUMN phone_number_hours.schedule IS
    'By day of the week, each with start and end such as 0900, or null when closed; 0000 to 0000 is the whole day. '
    'Null where there is none.';
COMMENT ON COLUMN phone_number_hours.restrictions IS
    'Where the number may call and text, by region; null when OpenPhone does not say.';
COMMENT ON COLUMN phone_number_hours.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN phone_number_hours.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN phone_number_hours.absent_since IS
    'Not used: a number keeps its hours.';
COMMENT ON COLUMN phone_number_hours.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE phone_number_members IS
    'Who may use the workspace''s numbers. start-run stores them when it lists. Nothing is ever deleted; absent_since '
    'marks those who may not any more.';
COMMENT ON COLUMN phone_number_members.phone_number_id IS
    'The number, see phone_numbers.id.';
COMMENT ON COLUMN phone_number_members.user_id IS
    'The user, see users.id.';
COMMENT ON COLUMN phone_number_members.email IS
    'E-mail address; may be null.';
COMMENT ON COLUMN phone_number_members.role IS
    'Role in the workspace: owner, admin or member.';
COMMENT ON COLUMN phone_number_members.group_id IS
    'OpenPhone''s id of the group that they make, GR...; may be null.';
COMMENT ON COLUMN phone_number_members.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN phone_number_members.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN phone_number_members.absent_since IS
    'When the members of the number were listed without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN phone_number_members.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE phone_number_settings IS
    'Whether calls of the workspace''s numbers are recorded, as it is now: a call of which no recording is stored '
    'need not have lost one. start-run stores it when it lists.';
COMMENT ON COLUMN phone_number_settings.phone_number_id IS
    'The number, see phone_numbers.id.';
COMMENT ON COLUMN phone_number_settings.auto_record IS
    'Whether calls are recorded unasked; null when OpenPhone does not say.';
COMMENT ON COLUMN phone_number_settings.disclosure_inbound IS
    'How callers are told of the recording, such as voice; may be null.';
COMMENT ON COLUMN phone_number_settings.disclosure_outbound IS
    'How those who are called are told, such as voice; may be null.';
COMMENT ON COLUMN phone_number_settings.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN phone_number_settings.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN phone_number_settings.absent_since IS
    'Not used: a number keeps its settings.';
COMMENT ON COLUMN phone_number_settings.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE contact_notes IS
    'What colleagues wrote about contacts. import-batch stores it. Files that hang on notes are in media, subject '
    'note. Nothing is ever deleted; absent_since marks notes that OpenPhone does not list any more.';
COMMENT ON COLUMN contact_notes.id IS
    'OpenPhone''s id.';
COMMENT ON COLUMN contact_notes.contact_id IS
    'The contact, see contacts.id.';
COMMENT ON COLUMN contact_notes.text IS
    'What was written, with mentions such as @US...; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_notes.created_by IS
    'User who wrote it, see users.id; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_notes.created_at IS
    'When it was written; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_notes.updated_at IS
    'When it last changed; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_notes.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN contact_notes.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN contact_notes.absent_since IS
    'When the notes of the contact were listed without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN contact_notes.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE contact_properties IS
    'What is known of contacts, as the API of 2026-03-30 has it: telephone numbers, e-mail addresses and values of '
    'custom fields. import-batch stores it. Nothing is ever deleted; absent_since marks what OpenPhone does not list '
    'any more.';
COMMENT ON COLUMN contact_properties.contact_id IS
    'The contact, see contacts.id.';
COMMENT ON COLUMN contact_properties.id IS
    'OpenPhone''s id.';
COMMENT ON COLUMN contact_properties.type IS
    'phone-number, email, or the type of a custom field, see contact_custom_fields.type.';
COMMENT ON COLUMN contact_properties.name IS
    'Label such as Mobile, or name of the custom field; there is no key. May be null.';
COMMENT ON COLUMN contact_properties.value IS
    'The value; may be null.';
COMMENT ON COLUMN contact_properties.created_at IS
    'When it was created in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_properties.updated_at IS
    'When it last changed in OpenPhone; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_properties.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN contact_properties.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN contact_properties.absent_since IS
    'When the properties of the contact were listed without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN contact_properties.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

COMMENT ON TABLE contact_shares IS
    'Who may see contacts. import-batch stores it. Nothing is ever deleted; absent_since marks who may not any more.';
COMMENT ON COLUMN contact_shares.contact_id IS
    'The contact, see contacts.id.';
COMMENT ON COLUMN contact_shares.shared_with IS
    'User, group or organization, US..., GR... or OR...';
COMMENT ON COLUMN contact_shares.created_at IS
    'Since when; null when OpenPhone does not say.';
COMMENT ON COLUMN contact_shares.payload IS
    'The document as received from OpenPhone.';
COMMENT ON COLUMN contact_shares.last_run_id IS
    'Run that last received it, see import_runs.id; null when none has.';
COMMENT ON COLUMN contact_shares.absent_since IS
    'When the shares of the contact were listed without this one; null while OpenPhone lists it.';
COMMENT ON COLUMN contact_shares.digest IS
    'row_digest of the row as the import wrote it. If it differs now, something else has changed the row. Null in a '
    'row that no import has written.';

END $$;
