package org.openphoneimport.invocation;

import jakarta.inject.Singleton;

import org.flywaydb.core.api.configuration.FluentConfiguration;

import io.quarkus.flyway.FlywayConfigurationCustomizer;

/** Migrations have no placeholders. To look for some in all that is repeatable takes each start longer. */
@Singleton
class PlainMigrations implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.placeholderReplacement(false);
    }
}
