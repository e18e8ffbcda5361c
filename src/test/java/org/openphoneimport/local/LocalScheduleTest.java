package org.openphoneimport.local;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class LocalScheduleTest {

    @Inject
    LocalSchedule schedule;

    @Inject
    Scheduler scheduler;

    @AfterEach
    void goOn() {
        scheduler.resume();
    }

    @Test
    void nothing_is_invoked_while_the_application_ends() {
        schedule.stop(new ShutdownEvent());

        assertThat(scheduler.isRunning()).isFalse();
    }
}
