package org.openphoneimport.invocation;

import jakarta.inject.Singleton;

import org.flywaydb.core.api.configuration.FluentConfiguration;

import io.quarkus.flyway.FlywayConfigurationCustomizer;

/** Migrations have no placeholders; looking for them in all repeatable ones makes each start slower. */
@Singleton
class PlainMigrations implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.placeholderReplacement(false);
    }
}
