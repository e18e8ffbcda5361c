package org.openphoneimport.infra;

import java.util.Map;
import javax.lang.model.element.TypeElement;

import jakarta.json.spi.JsonProvider;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Quarkus has registered for reflection, which it writes down in the sources of a native executable only: run where
 * these are built, by {@code -Dit.test=NativeRegistrations -Dnative.sources=...}.
 */
class NativeRegistrations {

    private final Sources sources = Sources.read();
    private final ReflectedTypes types = new ReflectedTypes(sources);
    private final PackagedClasses classes = PackagedClasses.read();

    @Test
    void every_type_that_is_reached_by_reflection_is_registered() {
        assertRegistered(types.handedOver());
        assertRegistered(types.foundByQuarkus());
        // Qute has a class of its own for each, or looks into it by reflection.
        types.shown().keySet().stream().map(sources::name).forEach(type -> assertThat(classes.registered())
                .containsAnyOf(type, type.replace("$", "$_") + "_ValueResolver"));
        assertThat(classes.registered()).as("what writes the log").contains(JsonProvider.provider().getClass().getName());
    }

    private void assertRegistered(Map<TypeElement, String> types) {
        assertThat(types).isNotEmpty();
        types.forEach((type, where) -> assertThat(classes.registered()).as(where).contains(sources.name(type)));
    }
}
