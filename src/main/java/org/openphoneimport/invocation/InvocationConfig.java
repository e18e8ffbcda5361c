package org.openphoneimport.invocation;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How functions behave around their work. */
@ConfigMapping(prefix = "functions")
public interface InvocationConfig {

    /**
     * Whether the first invocation in a process brings the schema up to date: start-run and keep-runs do, the others would only
     * lose time. Where a server stands, the schema is brought up to date when it starts.
     */
    @WithDefault("false")
    boolean migrate();

    /**
     * Under which name figures stand in CloudWatch; without one none are written. Each distinct figure costs $0.30 a month.
     */
    Optional<String> metricsNamespace();

    /** What stands before the functions' names in AWS, and tells figures of one deployment from those of another. */
    @WithDefault("openphone-import-")
    String prefix();

    /** The alias by which functions invoke each other; SnapStart works for published versions only. */
    Optional<String> alias();
}
