package org.openphoneimport.thread;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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
                """, ids).stream()
                .map(row -> call(row, recordings, voicemails, lacks, users, share)).toList();
    }

    private Entry call(Tuple row, Map<String, List<Entry.Recording>> recordings, Map<String, List<Entry.Voicemail>> voicemails,
            Map<String, List<Entry.LackingPart>> lacks, Map<String, String> users, Threads.Share share) {
        var id = row.get("id", String.class);
        return new Entry.Call(id, row.get("created_at", Instant.class), Boolean.TRUE.equals(row.get("incoming")),
                row.get("status", String.class), row.get("duration", Integer.class), row.get("answered", Boolean.class),
                row.get("author", String.class), row.get("absent_since", Instant.class),
                recordings.getOrDefault(id, List.of()), voicemails.getOrDefault(id, List.of()),
                dialogue(row.get("dialogue", String.class), users, share), List.of((String[]) row.get("summary")),
                List.of((String[]) row.get("next_steps")), lacks.getOrDefault(id, List.of()));
    }

    private Map<String, List<Entry.Recording>> recordings(Collection<String> calls) {
        var rows = rows("SELECT call_id, id, position, duration FROM call_recordings WHERE call_id = ANY(:ids) "
                + "ORDER BY call_id, start_time, id", calls);
        var found = files.of("recording", ids(rows), Integer.MAX_VALUE);
        return byCall(rows, row -> new Entry.Recording(row.get("id", String.class), row.get("duration", Integer.class),
                at(found, row)));
    }

    private Map<String, List<Entry.Voicemail>> voicemails(Collection<String> calls, Threads.Share share) {
        var rows = rows("SELECT call_id, id, position, duration, transcript FROM call_voicemails "
                + "WHERE call_id = ANY(:ids) ORDER BY call_id, id", calls);
        var found = files.of("voicemail", ids(rows), Integer.MAX_VALUE);
        return byCall(rows, row -> new Entry.Voicemail(row.get("id", String.class), row.get("duration", Integer.class),
                share.of(row.get("transcript", String.class)), at(found, row)));
    }

    private Map<String, List<Entry.LackingPart>> lacks(Collection<String> calls) {
        return byCall(rows("SELECT call_id, kind, status FROM call_parts WHERE call_id = ANY(:ids) "
                + "AND status NOT IN ('stored', 'none') ORDER BY call_id, kind", calls),
                row -> new Entry.LackingPart(row.get("kind", String.class), row.get("status", String.class)));
    }

    /** Names by id: a workspace has few users. */
    private Map<String, String> users() {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT id, concat_ws(' ', first_name, last_name) AS name FROM users
                WHERE concat_ws(' ', first_name, last_name) <> ''
                """, Tuple.class).getResultList();
        return rows.stream().map(Tuple.class::cast)
                .collect(Collectors.toMap(row -> row.get("id", String.class), row -> row.get("name", String.class)));
    }

    private static @Nullable StoredFile at(FileRows.Found files, Tuple row) {
        return files.of(row.get("id", String.class)).stream()
                .filter(file -> file.position() == row.get("position", Integer.class)).findFirst().orElse(null);
    }

    private static List<String> ids(List<Tuple> rows) {
        return rows.stream().map(row -> row.get("id", String.class)).distinct().toList();
    }

    private static <T> Map<String, List<T>> byCall(List<Tuple> rows, Function<Tuple, T> part) {
        return rows.stream().collect(Collectors.groupingBy(row -> row.get("call_id", String.class),
                Collectors.mapping(part, Collectors.toList())));
    }

    private List<Tuple> rows(String sql, Collection<String> ids) {
        List<?> rows = entityManager.createNativeQuery(sql, Tuple.class).setParameter("ids", ids.toArray(String[]::new))
                .getResultList();
        return rows.stream().map(Tuple.class::cast).toList();
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
