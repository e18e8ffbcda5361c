package org.openphoneimport.frame;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the page says about where it stands. */
@ConfigMapping(prefix = "page")
public interface PageConfig {

    /** Stands on every page: {@code local}, {@code staging}, {@code production}. Set as {@code ENVIRONMENT_NAME}. */
    @WithDefault("${environment.name:local}")
    String environment();

    /**
     * The workspace's name. Set as {@code WORKSPACE_NAME}; without it the page calls the workspace as OpenPhone does, or by its
     * numbers where that was not told.
     */
    @WithDefault("${workspace.name:${local.workspace:}}")
    Optional<String> workspace();
}
