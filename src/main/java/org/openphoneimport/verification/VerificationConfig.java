package org.openphoneimport.verification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How thoroughly a run is verified. */
@ConfigMapping(prefix = "verification")
public interface VerificationConfig {

    /**
     * Conversations of a historical run that are read through the other generation of the API as well and compared, two
     * requests each. Half of them are the longest, half are chosen at random; if a share p of all conversations lacks
     * something, the random half finds it with a probability of 1 - (1 - p)^(sample / 2) or more. 0 compares none.
     */
    @WithDefault("100")
    int sample();

    /** The same for a reconciliation, of the conversations that it read. */
    @WithDefault("3")
    int reconciliationSample();
}
