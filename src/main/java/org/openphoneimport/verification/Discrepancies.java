package org.openphoneimport.verification;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.openphone.Documents;
import org.openphoneimport.openphone.PhoneNumberDocument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The differences that a verification has found so far. The same one found twice is one, and the first word counts. */
@ApplicationScoped
class Discrepancies {

    private final EntityManager entityManager;
    private final ObjectMapper mapper;

    Discrepancies(EntityManager entityManager, ObjectMapper mapper) {
        this.entityManager = entityManager;
        this.mapper = mapper;
    }

    @Transactional
    void add(long verification, List<Discrepancy> found) {
        entityManager.createNativeQuery("""
                INSERT INTO discrepancies (verification_id, kind, subject, subject_id, finding, conversation_id, check_name)
                SELECT :verification, kind, subject, subject_id, finding, conversation_id, check_name
                FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS found(kind text, subject text, subject_id text,
                    finding text, conversation_id text, check_name text)
                ON CONFLICT ON CONSTRAINT discrepancies_subject_ukey DO NOTHING
                """)
                .setParameter("verification", verification)
                .setParameter("rows", Documents.rows(found))
                .executeUpdate();
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
