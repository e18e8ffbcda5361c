package org.openphoneimport.local.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.openphoneimport.local.sample.document.SampleNote;
import org.openphoneimport.local.sample.document.SampleShare;
import org.openphoneimport.local.sample.document.SampleTask;

/**
 * What a workspace holds beside its conversations and its address book: tasks, notes and shares of contacts, which numbers
 * record their calls, and whether it is paid for. Whatever is changed is served from the next request on.
 */
public final class SampleExtras {

    private final Map<String, SampleTask> tasks = new ConcurrentHashMap<>();
    private final Timeline<SampleTask> taskPages = new Timeline<>(SampleTask::id, SampleTask::createdAt);
    private final Map<String, Map<String, SampleNote>> notes = new ConcurrentHashMap<>();
    private final Map<String, List<SampleShare>> shares = new ConcurrentHashMap<>();
    private final Set<String> unrecorded = ConcurrentHashMap.newKeySet();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private volatile String subscription = "active";

    SampleExtras() {
    }

    /** Returns whether the workspace is paid for: active or expired. */
    public String subscription() {
        return subscription;
    }

    /** Lets the subscription be active or expired. */
    public void subscription(String status) {
        subscription = status;
    }

    /** Returns the tasks, in no order. */
    public List<SampleTask> tasks() {
        return List.copyOf(tasks.values());
    }

    /** Returns the task with that id. */
    public Optional<SampleTask> task(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    /** Adds a task, or replaces the one with its id. */
    public void put(SampleTask task) {
        tasks.put(task.id(), task);
        taskPages.put(task);
    }

    /** Returns the notes of all contacts, in no order. */
    public List<SampleNote> notes() {
        return notes.values().stream().map(Map::values).flatMap(Collection::stream).toList();
    }

    /** Returns what was written about a contact, in no order. */
    public List<SampleNote> notes(String contact) {
        return List.copyOf(notes.getOrDefault(contact, Map.of()).values());
    }

    /** Adds a note, or replaces the one with its id. */
    public void put(String contact, SampleNote note) {
        notes.computeIfAbsent(contact, id -> new ConcurrentHashMap<>()).put(note.id(), note);
    }

    /** Deletes a note. */
    public void deleteNote(String contact, String note) {
        notes.getOrDefault(contact, new ConcurrentHashMap<>()).remove(note);
    }

    /** Returns who may see a contact. */
    public List<SampleShare> shares(String contact) {
        return List.copyOf(shares.getOrDefault(contact, List.of()));
    }

    /** Adds a share. */
    public void put(SampleShare share) {
        shares.merge(share.contactId(), List.of(share), (all, added) -> {
            var both = new ArrayList<>(all);
            both.addAll(added);
            return List.copyOf(both);
        });
    }

    /** Returns whether calls of that number are recorded unasked. */
    public boolean isRecording(String phoneNumberId) {
        return !unrecorded.contains(phoneNumberId);
    }

    /** Switches the recording of a number's calls off or on. */
    public void recording(String phoneNumberId, boolean on) {
        if (on) {
            unrecorded.remove(phoneNumberId);
        } else {
            unrecorded.add(phoneNumberId);
        }
    }

    /** Returns whether the key may not read how that number is set. */
    public boolean isClosed(String phoneNumberId) {
        return closed.contains(phoneNumberId);
    }

    /** Refuses with 403 from now on to tell of that number's members, hours and settings. */
    public void close(String phoneNumberId) {
        closed.add(phoneNumberId);
    }

    Timeline<SampleTask> taskPages() {
        return taskPages;
    }
}
