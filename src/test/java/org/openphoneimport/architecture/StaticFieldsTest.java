package org.openphoneimport.architecture;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;

import com.tngtech.archunit.core.domain.JavaClass;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Static fields are made while a native executable is built, and stand in it as they were then: a random number that is the
 * same in every process, or an address that the build refuses.
 */
@BesideOthers
@SuppressWarnings("unused") // fields that only Reach looks at
class StaticFieldsTest {

    @Test
    void static_fields_lead_to_nothing_that_belongs_to_one_process() {
        assertThat(ApplicationClasses.ALL.stream().map(JavaClass::reflect).flatMap(type -> Reach.ofProcess(type).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = { Plain.class, BehindAnInterface.class, InARecord.class, InAnArray.class, InAMap.class,
            InAnOptional.class, LaterOn.class, Captured.class, Telling.class, Working.class, Waiting.class })
    void what_belongs_to_a_process_is_found_wherever_it_stands(Class<?> type) {
        assertThat(Reach.ofProcess(type)).hasSize(1).allMatch(found -> found.startsWith(type.getName() + ".ONE"));
    }

    private record Pair(String name, Object value) {
    }

    private static final class Plain {
        static final Random ONE = new Random();
    }

    private static final class BehindAnInterface {
        static final RandomGenerator ONE = new SecureRandom();
    }

    private static final class InARecord {
        static final List<Pair> ONE = List.of(new Pair("other", "text"), new Pair("this", InetAddress.getLoopbackAddress()));
    }

    private static final class InAnArray {
        static final Object[] ONE = { null, new Pair[] { new Pair("buffer", ByteBuffer.allocate(1)) } };
    }

    private static final class InAMap {
        static final Map<String, Object> ONE = Map.of("clock", Clock.systemUTC());
    }

    private static final class InAnOptional {
        static final Optional<Object> ONE = Optional.of(Thread.currentThread());
    }

    private static final class LaterOn {
        static final AtomicReference<Object> ONE = new AtomicReference<>(new Random());
    }

    private static final class Captured {
        static final Supplier<Integer> ONE = new Random()::nextInt;
    }

    private static final class Telling {
        static final Object ONE = InetAddress.getLoopbackAddress();
    }

    private static final class Working {
        static final Object ONE = Executors.newVirtualThreadPerTaskExecutor();
    }

    private static final class Waiting {
        static final Object ONE = new Socket();
    }
}
