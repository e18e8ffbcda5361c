package org.openphoneimport.infra;

import java.util.Map;
import javax.lang.model.element.TypeElement;

import jakarta.json.spi.JsonProvider;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What can be told without GraalVM of whether a native executable can be built, and would work. */
class NativeSourcesIT {

    private final PackagedClasses classes = PackagedClasses.read();

    @Test
    void every_class_that_is_named_is_there_or_not_needed() {
        var kept = KeptMissing.read();
        var missing = classes.missing();

        assertThat(missing.stream().filter(type -> kept.stream().noneMatch(each -> each.covers(type)))).isEmpty();
        // What the application's own jar names may be in the sources of a native executable only.
        assertThat(kept.stream().filter(each -> !each.namedBy().equals("openphone-import"))
                .filter(each -> missing.stream().noneMatch(each::isOfPackageOf))).as("no longer missing").isEmpty();
        assertThat(kept).allMatch(each -> each.reason().length() > 20);
    }

    /** Quarkus writes it down for a native executable only: -Dnative.sources=... */
    @Test
    void quarkus_has_registered_every_type_that_is_reached_by_reflection() {
        var registered = classes.registered();
        assumeThat(registered).as("-Dnative.sources").isNotEmpty();
        var sources = Sources.read();
        var types = new ReflectedTypes(sources);

        assertRegistered(types.handedOver(), sources);
        assertRegistered(types.foundByQuarkus(), sources);
        // Qute has a class of its own for each, or looks into it by reflection.
        types.shown().keySet().stream().map(sources::name).forEach(type -> assertThat(registered)
                .containsAnyOf(type, type.replace("$", "$_") + "_ValueResolver"));
        assertThat(registered).as("what writes the log").contains(JsonProvider.provider().getClass().getName());
    }

    private void assertRegistered(Map<TypeElement, String> types, Sources sources) {
        types.forEach((type, where) -> assertThat(classes.registered()).as(where).contains(sources.name(type)));
    }
}
