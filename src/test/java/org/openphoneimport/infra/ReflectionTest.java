package org.openphoneimport.infra;

import java.util.HashSet;
import javax.lang.model.element.TypeElement;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import static org.assertj.core.api.Assertions.assertThat;

/** In a native executable Jackson sees only what is registered: of anything else it writes nothing. */
@BesideOthers
@Landing
class ReflectionTest {

    @Test
    void whatever_is_handed_to_jackson_is_registered_for_a_native_executable() {
        var types = new ReflectedTypes(Sources.read());
        var handedOver = types.handedOver();
        var registered = new HashSet<>(types.registered());
        registered.addAll(types.foundByQuarkus().keySet());

        assertThat(handedOver.keySet()).map(TypeElement::toString).contains("org.openphoneimport.batch.BatchRecord",
                "org.openphoneimport.document.ContactDocument.Phone");
        assertThat(handedOver.entrySet().stream().filter(type -> !registered.contains(type.getKey())))
                .as("@RegisterForReflection is missing").isEmpty();
    }
}
