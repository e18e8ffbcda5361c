package org.openphoneimport.infra;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.Landing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A native executable is linked when it is built: whatever its classes name must be there. jdeps tells that without GraalVM, of
 * what {@code package} has just written, or of the sources in {@code -Dnative.sources=...}.
 */
@Landing
class NativeSourcesIT {

    @Test
    void every_class_that_is_named_is_there_or_not_needed() {
        var kept = KeptMissing.read();
        var missing = PackagedClasses.read().missing();

        assertThat(missing.stream().filter(type -> kept.stream().noneMatch(each -> each.covers(type)))).isEmpty();
        // What the application's own jar names may be in the sources of a native executable only.
        assertThat(kept.stream().filter(each -> !each.namedBy().equals("openphone-import"))
                .filter(each -> missing.stream().noneMatch(each::isOfPackageOf))).as("no longer missing").isEmpty();
        assertThat(kept).allMatch(each -> each.reason().length() > 20);
    }
}
