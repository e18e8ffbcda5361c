package org.openphoneimport.verification;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.database.JsonRows;
import org.openphoneimport.document.PhoneNumberDocument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The differences that a verification has found so far. The same one found twice is one, and the graver finding counts. */
@ApplicationScoped
class Discrepancies {

    /** Begins an insert of discrepancies. */
    static final String INSERT = """
            INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id, check_name)
            """;

    /** Ends an insert of discrepancies; the rows of one insert must differ in their subjects. */
    static final String OR_GRAVER = """
            ON CONFLICT ON CONSTRAINT discrepancies_subject_ukey DO UPDATE SET kind = excluded.kind,
                finding = excluded.finding, conversation_id = excluded.conversation_id, check_name = excluded.check_name
            WHERE gravity(excluded.kind) < gravity(discrepancies.kind)
            """;

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    Discrepancies(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    @Transactional
    void add(long verification, List<Discrepancy> found) {
        entityManager.createNativeQuery("""
                %s
                SELECT DISTINCT ON (subject, subject_id) :verification, kind, subject, subject_id, finding, conversation_id,
                    check_name
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS found(kind text, subject text, subject_id text,
                    finding text, conversation_id text, check_name text)
                ORDER BY subject, subject_id, gravity(kind)
                %s
                """.formatted(INSERT, OR_GRAVER))
                .setParameter("verification", verification)
                .setParameter("rows", JsonRows.rows(found))
                .executeUpdate();
    }

    /** What an operator has accepted not to have is no longer only unavailable. */
    @Transactional
    void accept(long verification) {
        entityManager.createNativeQuery("""
                UPDATE discrepancies AS found SET kind = 'accepted',
                    finding = found.finding || '. Accepted by ' || accepted.accepted_by || ': ' || accepted.reason
                FROM accepted_gaps AS accepted
                WHERE found.verification_id = :verification AND found.kind = 'unavailable'
                    AND accepted.subject = found.subject AND accepted.subject_id = found.subject_id
                """).setParameter("verification", verification).executeUpdate();
    }

    /** The phone numbers that a verification has listed. */
    List<PhoneNumberDocument> numbers(long verification) {
        var json = (String) entityManager.createNativeQuery("""
                SELECT CAST(numbers AS text) FROM verifications WHERE id = :verification
                """, String.class).setParameter("verification", verification).getSingleResult();
        try {
            return mapper.readerForListOf(JsonNode.class).<List<JsonNode>> readValue(json).stream()
                    .map(PhoneNumberDocument::of).toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres made no JSON of phone numbers: " + e.getOriginalMessage(), e);
        }
    }
}
