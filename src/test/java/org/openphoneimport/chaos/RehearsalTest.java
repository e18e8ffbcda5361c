package org.openphoneimport.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Without a rehearsal there are no workers, and no campaign begins. */
class RehearsalTest {

    @TempDir
    Path directory;

    @Test
    @Timeout(30)
    void an_application_that_dies_before_it_is_ready_is_not_waited_for() throws IOException {
        Files.createDirectories(WorkerApplication.directory());
        var application = directory.resolve("nothing.jar");

        assertThatThrownBy(() -> Worker.rehearse(application, Map.of(), Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended before it took requests")
                .hasMessageContaining("Unable to access jarfile " + application);
    }
}
