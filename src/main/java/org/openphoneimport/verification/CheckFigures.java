package org.openphoneimport.verification;

import java.util.ArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.openphoneimport.database.JsonRows;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the checks looked at, and how much they found. */
@ApplicationScoped
class CheckFigures {

    private final EntityManager entityManager;

    CheckFigures(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** {@code [{"name", "checked", "found"}]}, and for the months which of them have nothing. */
    String of(VerificationClaim claim) {
        var titles = new ArrayList<Title>();
        for (var check : Check.values()) {
            titles.add(new Title(check.text(), check.title(), titles.size()));
        }
        return (String) CheckStatements.set(entityManager.createNativeQuery("""
                WITH months AS (
                    SELECT count(*) AS checked, count(*) FILTER (WHERE active.month IS NULL) AS found,
                        string_agg(to_char(every.month, 'YYYY-MM'), ', ' ORDER BY every.month)
                            FILTER (WHERE active.month IS NULL) AS empty
                    FROM (
                        SELECT generate_series(min(month), max(month), interval '1 month') AS month
                        FROM (SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') AS month FROM messages
                            UNION SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') FROM calls) AS activity
                    ) AS every
                    LEFT JOIN (SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') AS month FROM messages
                        UNION SELECT date_trunc('month', created_at AT TIME ZONE 'UTC') FROM calls) AS active
                        ON active.month = every.month
                ), figures AS (
                    SELECT title.name, title.title, title.position, CASE title.name
                        WHEN 'conversations' THEN (SELECT count(*) FROM listed_conversations WHERE listing_id = :listing)
                        WHEN 'activities' THEN
                            (SELECT count(last_activity_id) FROM listed_conversations WHERE listing_id = :listing)
                        WHEN 'readings' THEN (SELECT count(*) FROM listed_conversations WHERE listing_id = :listing)
                        WHEN 'witness' THEN (SELECT count(*) FROM verification_questions
                            WHERE verification_id = :verification AND sampled)
                        WHEN 'rows' THEN (SELECT count(*) FROM messages) + (SELECT count(*) FROM calls)
                        WHEN 'files' THEN (SELECT count(*) FROM media_urls)
                        WHEN 'directory' THEN (SELECT count(*) FROM users) + (SELECT count(*) FROM contacts)
                            + (SELECT count(*) FROM contact_custom_fields) + (SELECT count(*) FROM tasks)
                            + (SELECT count(*) FROM organization) + (SELECT count(*) FROM phone_number_hours)
                            + (SELECT count(*) FROM phone_number_members) + (SELECT count(*) FROM phone_number_settings)
                            + (SELECT count(*) FROM contact_notes) + (SELECT count(*) FROM contact_properties)
                            + (SELECT count(*) FROM contact_shares)
                        WHEN 'numbers' THEN
                            (SELECT jsonb_array_length(numbers) FROM verifications WHERE id = :verification)
                        WHEN 'absences' THEN (SELECT count(*) FROM conversations)
                        WHEN 'months' THEN (SELECT checked FROM months) END AS checked,
                        CASE title.name WHEN 'months' THEN (SELECT found FROM months)
                        ELSE (SELECT count(*) FROM discrepancies
                            WHERE verification_id = :verification AND check_name = title.name) END AS found
                    FROM jsonb_to_recordset(CAST(:titles AS jsonb)) AS title(name text, title text, position integer)
                )
                SELECT CAST(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', title, 'checked', checked, 'found', found,
                    'finding', CASE name WHEN 'months' THEN (SELECT empty FROM months) WHEN 'witness' THEN (SELECT
                        CASE WHEN witness IS NULL THEN 'Only ' || api || ' was to be asked, see OPENPHONE_API'
                            ELSE coalesce(witness_obstacle, 'Read through ' || api || ', compared with ' || witness) END
                        FROM import_runs WHERE id = :run)
                        WHEN 'directory' THEN (SELECT 'Left out by configuration: ' || string_agg(replace(list, '_', ' ')
                            || ' (' || left_out || ')', ', ' ORDER BY list) FROM list_records WHERE left_out IS NOT NULL)
                        END)) ORDER BY position) AS text)
                FROM figures
                """, String.class), claim).setParameter("titles", JsonRows.rows(titles)).getSingleResult();
    }

    @RegisterForReflection
    private record Title(String name, String title, int position) {
    }
}
