package org.openphoneimport.status;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often the page is read anew. */
@ConfigMapping(prefix = "page")
public interface SharedConfig {

    /**
     * For how long all who look at a run see the same figures; those who come in as much time again see them, too, while newer
     * ones are read. With 0 every viewer's look, two seconds apart, costs the database a dozen statements; with more than one
     * second the page stands still between looks. Of what takes long to read a moment is up to ten times as long.
     */
    @WithDefault("1s")
    Duration moment();
}
