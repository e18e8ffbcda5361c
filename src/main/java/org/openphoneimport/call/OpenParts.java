package org.openphoneimport.call;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A call, and the kinds of parts that a run requests for it.
 *
 * @param number {@code PN...}, null when the call names none
 * @param group whether it has more than two parties: v1 does not know it then
 * @param begun when the call was created; null when OpenPhone does not say
 */
@RegisterForReflection
public record OpenParts(String call, @Nullable String number, boolean group, @Nullable Instant begun, List<PartKind> kinds) {

    @RegisterForReflection
    private record Row(String callId, @Nullable String number, boolean several, @Nullable Instant begun, String kind) {

        OpenParts with(List<PartKind> kinds) {
            return new OpenParts(callId, number, several, begun, kinds);
        }
    }

    /** What a batch still has to ask for, call by call. */
    public static List<OpenParts> of(UUID batch) {
        List<?> rows = Panache.getEntityManager().createNativeQuery("""
                SELECT part.call_id, call.phone_number_id AS number, coalesce(cardinality(call.participants), 0) > 2 AS several,
                    call.created_at AS begun, part.kind
                FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id
                WHERE part.batch_id = :id AND part.status = 'pending'
                """, Row.class).setParameter("id", batch).getResultList();
        var calls = rows.stream().map(Row.class::cast)
                .collect(Collectors.groupingBy(Row::callId, LinkedHashMap::new, Collectors.toList()));
        return calls.values().stream().map(parts -> parts.getFirst()
                .with(parts.stream().map(part -> PartKind.of(part.kind())).sorted().toList())).toList();
    }
}
