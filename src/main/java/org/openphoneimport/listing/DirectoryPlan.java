package org.openphoneimport.listing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.openphoneimport.directory.DirectoryConfig;
import org.openphoneimport.directory.DirectoryPart;
import org.openphoneimport.directory.DirectoryPart.Subject;
import org.openphoneimport.run.ListLedger;
import org.openphoneimport.run.Run;
import org.openphoneimport.run.RunType;
import org.openphoneimport.run.WorkspaceList;

/** Which lists of the directory a run reads, and what leaves the others out. */
@ApplicationScoped
class DirectoryPlan {

    private static final String ONLY_V1 = "OPENPHONE_API=v1";

    private final EntityManager entityManager;
    private final DirectoryConfig config;
    private final ListLedger listLedger;

    DirectoryPlan(EntityManager entityManager, DirectoryConfig config, ListLedger listLedger) {
        this.entityManager = entityManager;
        this.config = config;
        this.listLedger = listLedger;
    }

    private boolean isOnlyV1(UUID run) {
        return (Boolean) entityManager.createNativeQuery("SELECT only_v1 FROM import_runs WHERE id = :run")
                .setParameter("run", run).getSingleResult();
    }

    /** What leaves a list out, as it is configured; empty when it is wanted. */
    Optional<String> leftOut(boolean onlyV1, WorkspaceList list) {
        if (onlyV1 && WorkspaceList.ofDated().contains(list)) {
            return Optional.of(ONLY_V1);
        }
        return switch (list) {
            case TASKS -> unless(config.tasks(), "DIRECTORY_TASKS");
            case ORGANIZATION -> unless(config.organization(), "DIRECTORY_ORGANIZATION");
            case NUMBER_HOURS, NUMBER_MEMBERS, NUMBER_SETTINGS, CONTACT_NOTES, CONTACT_PROPERTIES, CONTACT_SHARES -> {
                var part = DirectoryPart.valueOf(list.name());
                yield unless(config.wants(part), DirectoryConfig.variable(part));
            }
            case MESSAGES, CALLS, CONVERSATIONS, USERS, CONTACTS, CUSTOM_FIELDS -> Optional.empty();
        };
    }

    /** Notes in the ledger which lists are left out, and which not any more. */
    void noteLeftOut(boolean onlyV1, List<WorkspaceList> lists) {
        lists.forEach(list -> listLedger.leaveOut(list, leftOut(onlyV1, list).orElse(null)));
    }

    /** What a run asks for contacts, or for numbers. */
    List<DirectoryPart> wanted(UUID run, Subject subject) {
        return wanted(isOnlyV1(run), subject);
    }

    /** The same, where it is known whether only v1 may be asked. */
    List<DirectoryPart> wanted(boolean onlyV1, Subject subject) {
        return DirectoryPart.of(subject).stream().filter(part -> leftOut(onlyV1, list(part)).isEmpty()).toList();
    }

    /** Whether a run asks for everything, however lately it was asked for: one over a range of time does not. */
    boolean readsAll(UUID id) {
        var run = Run.withId(id).orElseThrow();
        return run.type() == RunType.HISTORICAL && !run.windowFromGiven && run.windowTo == null;
    }

    /** Whether a reconciliation goes without a list, since another run has read it lately. */
    @Transactional
    boolean isFresh(ListingClaim claim, ListingStage stage) {
        return stage != ListingStage.NUMBERS && !claim.isHistorical()
                && listLedger.isFresh(claim.run(), WorkspaceList.valueOf(stage.name()));
    }

    /** The list that all parts of a kind make. */
    static WorkspaceList list(DirectoryPart part) {
        return WorkspaceList.valueOf(part.name());
    }

    private static Optional<String> unless(boolean wanted, String variable) {
        return wanted ? Optional.empty() : Optional.of(variable + "=false");
    }
}
