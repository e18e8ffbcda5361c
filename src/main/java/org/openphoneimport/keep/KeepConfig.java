package org.openphoneimport.keep;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How keep-runs looks after a run. */
@ConfigMapping(prefix = "keep")
public interface KeepConfig {

    /**
     * How long a task rests after its worker was killed. Longer than a task takes as a rule: if it takes longer, two do
     * it, which is harmless.
     */
    @WithDefault("30s")
    Duration lease();

    /**
     * How long a record may be on the queue beyond what is expected until it counts as lost. Records are lost rarely, and one
     * that is sent twice costs a claim: no need to be quick about it.
     */
    @WithDefault("2m")
    Duration patience();
}
