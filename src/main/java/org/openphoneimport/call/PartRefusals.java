package org.openphoneimport.call;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What OpenPhone refuses of calls. One refusal speaks of one call: the key's owner may not be on its number, or the call may be
 * special. Several of them, on several numbers, speak of the kind if not one call was answered.
 */
public final class PartRefusals {

    /** So many calls, and numbers if there are as many, have to be refused before a kind is. */
    public static final int MOST_NEEDED = 3;

    @RegisterForReflection
    private record Row(String kind, long calls, String[] names) {
    }

    private PartRefusals() {
    }

    /**
     * A kind that a run does not ask for any more.
     *
     * @param calls how many were refused
     * @param numbers on which, at most ten of them
     * @param left how many calls it is not asked for
     */
    @RegisterForReflection
    public record GivenUp(PartKind kind, long calls, List<String> numbers, long left) {
    }

    /**
     * Gives up the kinds that not every plan has, of which a run has been refused all that it has asked for, and for enough.
     */
    public static List<GivenUp> giveUp(UUID run) {
        List<?> rows = Panache.getEntityManager().createNativeQuery("""
                WITH part AS (
                    SELECT part.call_id, part.kind, part.status, coalesce(call.phone_number_id, '') AS number
                    FROM call_parts AS part LEFT JOIN calls AS call ON call.id = part.call_id WHERE part.run_id = :run
                ), counted AS (
                    SELECT kind, count(*) FILTER (WHERE status = 'refused') AS calls,
                        count(DISTINCT number) FILTER (WHERE status = 'refused') AS refusing,
                        count(DISTINCT number) AS numbers, bool_or(status NOT IN ('pending', 'refused', 'failed')) AS answered,
                        array_agg(DISTINCT number) FILTER (WHERE status = 'refused') AS names
                    FROM part GROUP BY kind
                )
                SELECT kind, calls, names[1:10] AS names FROM counted
                WHERE kind = ANY(:kinds)
                    AND NOT answered AND calls >= :needed AND refusing >= least(:needed, numbers) ORDER BY kind
                """, Row.class)
                .setParameter("run", run)
                .setParameter("needed", MOST_NEEDED)
                .setParameter("kinds", Stream.of(PartKind.values()).filter(PartKind::dependsOnPlan).map(PartKind::text)
                        .toArray(String[]::new))
                .getResultList();
        var kinds = rows.stream().map(Row.class::cast).toList();
        var left = CallPart.refuseAll(run, kinds.stream().map(Row::kind).toList());
        return kinds.stream().map(row -> new GivenUp(PartKind.of(row.kind()), row.calls(), List.of(row.names()),
                left.getOrDefault(row.kind(), 0L))).filter(kind -> kind.left() > 0).toList();
    }
}
