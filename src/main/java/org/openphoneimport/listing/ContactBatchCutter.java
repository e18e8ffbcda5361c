package org.openphoneimport.listing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.openphoneimport.directory.DirectoryConfig;
import org.openphoneimport.directory.DirectoryPart.Subject;
import org.openphoneimport.directory.DirectoryParts;
import org.openphoneimport.reading.BatchTable;
import org.openphoneimport.run.ImportConfig;

/**
 * Cuts the contacts of which a run has to ask something into batches. The first batch holds a few: if all of them are refused a
 * kind, the others are not asked for it.
 */
@ApplicationScoped
public class ContactBatchCutter {

    private final EntityManager entityManager;
    private final DirectoryPlan plan;
    private final DirectoryConfig directory;
    private final ImportConfig config;
    private final PartRefusal refusal;
    private final BatchTable batches;

    ContactBatchCutter(EntityManager entityManager, DirectoryPlan plan, DirectoryConfig directory, ImportConfig config,
            PartRefusal refusal, BatchTable batches) {
        this.entityManager = entityManager;
        this.plan = plan;
        this.directory = directory;
        this.config = config;
        this.refusal = refusal;
        this.batches = batches;
    }

    /** Returns how many batches are open then; while some are, none is cut. When all have ended the ledger says so. */
    @Transactional(TxType.REQUIRES_NEW)
    public int cut(UUID run) {
        // Two at once would write the same batches twice.
        entityManager.createNativeQuery("SELECT id FROM import_runs WHERE id = :run FOR UPDATE")
                .setParameter("run", run).getSingleResult();
        int open = count("import_batches WHERE run_id = :run AND status IN ('pending', 'running')", run);
        if (open > 0) {
            return open;
        }
        var wanted = plan.wanted(run, Subject.CONTACT).stream().filter(kind -> !refusal.isRefused(run, kind)).toList();
        DirectoryParts.note(run, Subject.CONTACT, wanted, plan.readsAll(run), directory.contactsAge());
        refusal.giveUp(run, Subject.CONTACT);
        boolean first = count("import_batches WHERE run_id = :run AND kind = 'contacts'", run) == 0;
        int cut = first ? write(run, DirectoryParts.NEEDED, DirectoryParts.NEEDED)
                : write(run, Integer.MAX_VALUE, config.batchSize());
        if (cut == 0 && contactsAreListed(run)) {
            refusal.conclude(run, wanted);
        } else if (cut == 0) {
            contactsRefused().ifPresent(what -> refusal.refuseWithContacts(run, wanted, what));
        }
        return cut;
    }

    private int count(String rows, UUID run) {
        return (Integer) entityManager.createNativeQuery("SELECT CAST(count(*) AS integer) FROM " + rows, Integer.class)
                .setParameter("run", run).getSingleResult();
    }

    /** Of contacts that were not listed nothing can be said. */
    private boolean contactsAreListed(UUID run) {
        return (Boolean) entityManager.createNativeQuery("""
                SELECT EXISTS (SELECT FROM list_records AS record JOIN import_runs AS run ON run.id = :run
                    WHERE record.list = 'contacts' AND read_to(record.read) + coalesce(record.good_for, '0') >= run.created_at)
                """).setParameter("run", run).getSingleResult();
    }

    /** What OpenPhone said when it refused to list them: then it does not give what hangs on them either. */
    private Optional<String> contactsRefused() {
        List<?> refused = entityManager.createNativeQuery("""
                SELECT refused FROM list_records WHERE list = 'contacts' AND refused IS NOT NULL
                """, String.class).getResultList();
        return refused.stream().map(String.class::cast).findFirst();
    }

    private int write(UUID run, int most, int size) {
        List<?> rows = entityManager.createNativeQuery("""
                SELECT DISTINCT subject_id FROM directory_parts
                WHERE run_id = :run AND status = 'pending' AND subject = 'contact' AND batch_id IS NULL
                ORDER BY subject_id LIMIT :most
                """, String.class).setParameter("run", run).setParameter("most", most).getResultList();
        var contacts = rows.stream().map(String.class::cast).toList();
        var written = batches.write(run, BatchTable.Kind.CONTACTS, contacts.size(), size);
        DirectoryParts.putInto(written, size, contacts, run);
        return written.size();
    }
}
