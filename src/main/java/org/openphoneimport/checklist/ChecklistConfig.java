package org.openphoneimport.checklist;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a historical run does before it imports, and undoes when it has ended. */
@ConfigMapping(prefix = "checklist")
public interface ChecklistConfig {

    /**
     * Roles of Postgres, beside the importer's own, whose transactions are read-only by default during a run. The importer's
     * role must be allowed to alter them.
     */
    Optional<List<String>> readOnlyRoles();

    /** What happens to the workspace's webhooks meanwhile. */
    @WithDefault("pause")
    WebhookTreatment webhooks();

    /** What can be done with webhooks. */
    enum WebhookTreatment {
        /** Those of the dated API are disabled. v1's cannot be and stay live, which is said. */
        PAUSE,
        /** As well, and v1's are deleted and made again afterwards: with other ids, and other signing keys. */
        RECREATE,
        /** They stay live. */
        LEAVE
    }
}
