package org.openphoneimport.thread;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads the calls of a page of a thread, with all their parts. Called within a {@link org.openphoneimport.status.Snapshot}. */
@ApplicationScoped
class Calls {

    private final EntityManager entityManager;
    private final FileRows files;
    private final ObjectMapper mapper;

    Calls(EntityManager entityManager, FileRows files, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.files = files;
        this.mapper = mapper;
    }

    @RegisterForReflection
    private record CallRow(String id, @Nullable Instant createdAt, @Nullable Boolean incoming, @Nullable String status,
            @Nullable Integer duration, boolean answered, @Nullable String author, @Nullable Instant absentSince,
            @Nullable String dialogue, String[] summary, String[] nextSteps) {
    }

    /** A part of a call that has a file. */
    private interface WithFile {

        String callId();

        String id();

        int position();
    }

    @RegisterForReflection
    private record RecordingRow(String callId, String id, int position, @Nullable Integer duration) implements WithFile {
    }

    @RegisterForReflection
    private record VoicemailRow(String callId, String id, int position, @Nullable Integer duration,
            @Nullable String transcript) implements WithFile {
    }

    @RegisterForReflection
    private record LackRow(String callId, String kind, String status) {
    }

    @RegisterForReflection
    private record UserRow(String id, String name) {
    }

    /** In no order. */
    List<Entry> read(Collection<String> ids, Threads.Share share) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var recordings = recordings(ids);
        var voicemails = voicemails(ids, share);
        var lacks = lacks(ids);
        var users = users();
        return rows("""
                SELECT call.id, call.created_at, call.direction = 'incoming' AS incoming, call.status, call.duration,
                    call.answered_at IS NOT NULL AS answered,
                    coalesce(nullif(concat_ws(' ', author.first_name, author.last_name), ''), author.email,
                        call.answered_by, call.user_id) AS author, call.absent_since,
                    CAST(transcript.dialogue AS text) AS dialogue,
                    coalesce(array_remove(summary.summary, NULL), '{}') AS summary,
                    coalesce(array_remove(summary.next_steps, NULL), '{}') AS next_steps
                FROM calls AS call
                LEFT JOIN users AS author ON author.id = coalesce(call.answered_by, call.user_id)
                LEFT JOIN call_transcripts AS transcript ON transcript.call_id = call.id
                LEFT JOIN call_summaries AS summary ON summary.call_id = call.id
                WHERE call.id = ANY(:ids)
                """, CallRow.class, ids).stream()
                .map(row -> call(row, recordings, voicemails, lacks, users, share)).toList();
    }

    private Entry call(CallRow row, Map<String, List<Entry.Recording>> recordings,
            Map<String, List<Entry.Voicemail>> voicemails,
            Map<String, List<Entry.LackingPart>> lacks, Map<String, String> users, Threads.Share share) {
        var id = row.id();
        return new Entry.Call(id, row.createdAt(), Boolean.TRUE.equals(row.incoming()),
                row.status(), row.duration(), row.answered(), row.author(), row.absentSince(),
                recordings.getOrDefault(id, List.of()), voicemails.getOrDefault(id, List.of()),
                dialogue(row.dialogue(), users, share), List.of(row.summary()),
                List.of(row.nextSteps()), lacks.getOrDefault(id, List.of()));
    }

    private Map<String, List<Entry.Recording>> recordings(Collection<String> calls) {
        var rows = rows("SELECT call_id, id, position, duration FROM call_recordings WHERE call_id = ANY(:ids) "
                + "ORDER BY call_id, start_time, id", RecordingRow.class, calls);
        var found = files.of("recording", ids(rows), Integer.MAX_VALUE);
        return byCall(rows, WithFile::callId, row -> new Entry.Recording(row.id(), row.duration(),
                at(found, row)));
    }

    private Map<String, List<Entry.Voicemail>> voicemails(Collection<String> calls, Threads.Share share) {
        var rows = rows("SELECT call_id, id, position, duration, transcript FROM call_voicemails "
                + "WHERE call_id = ANY(:ids) ORDER BY call_id, id", VoicemailRow.class, calls);
        var found = files.of("voicemail", ids(rows), Integer.MAX_VALUE);
        return byCall(rows, WithFile::callId, row -> new Entry.Voicemail(row.id(), row.duration(),
                share.of(row.transcript()), at(found, row)));
    }

    private Map<String, List<Entry.LackingPart>> lacks(Collection<String> calls) {
        return byCall(rows("SELECT call_id, kind, status FROM call_parts WHERE call_id = ANY(:ids) "
                + "AND status NOT IN ('stored', 'none') ORDER BY call_id, kind", LackRow.class, calls), LackRow::callId,
                row -> new Entry.LackingPart(row.kind(), row.status()));
    }

    /** Names by id: a workspace has few users. */
    private Map<String, String> users() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, concat_ws(' ', first_name, last_name) AS name FROM users
                WHERE concat_ws(' ', first_name, last_name) <> ''
                """, UserRow.class).getResultList();
        return rows.stream().map(UserRow.class::cast).collect(Collectors.toMap(UserRow::id, UserRow::name));
    }

    private static @Nullable StoredFile at(FileRows.Found files, WithFile row) {
        return files.of(row.id()).stream().filter(file -> file.position() == row.position()).findFirst().orElse(null);
    }

    private static List<String> ids(List<? extends WithFile> rows) {
        return rows.stream().map(WithFile::id).distinct().toList();
    }

    private static <R, T> Map<String, List<T>> byCall(List<R> rows, Function<R, String> call, Function<R, T> part) {
        return rows.stream().collect(Collectors.groupingBy(call, Collectors.mapping(part, Collectors.toList())));
    }

    private <T> List<T> rows(String sql, Class<T> type, Collection<String> ids) {
        List<?> rows = entityManager.createNativeQuery(sql, type).setParameter("ids", ids.toArray(String[]::new))
                .getResultList();
        return rows.stream().map(type::cast).toList();
    }

    private List<Entry.Line> dialogue(@Nullable String json, Map<String, String> users, Threads.Share share) {
        return json == null ? List.of()
                : json(json).valueStream().filter(JsonNode::isObject).limit(share.lines()).map(line -> line(line, users, share))
                        .toList();
    }

    private static Entry.Line line(JsonNode line, Map<String, String> users, Threads.Share share) {
        var user = line.path("userId").asText("");
        return new Entry.Line(users.getOrDefault(user, line.path("identifier").asText(user)),
                line.path("start").isNumber() ? line.path("start").asDouble() : null,
                String.valueOf(share.of(line.path("content").asText(""))));
    }

    private JsonNode json(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of a dialogue: " + e.getOriginalMessage(), e);
        }
    }
}
