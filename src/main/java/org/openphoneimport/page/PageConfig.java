package org.openphoneimport.page;

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
     * The workspace's name, which OpenPhone's API does not tell. Set as {@code WORKSPACE_NAME}; without it the page names the
     * workspace's numbers.
     */
    @WithDefault("${workspace.name:${local.workspace:}}")
    Optional<String> workspace();
}
