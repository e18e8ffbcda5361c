package org.openphoneimport.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the lists of mutants fit the sources as they are: {@code ./mvnw -Pmutants verify} applies them. */
@BesideOthers
class MutantListTest {

    @Test
    void every_mutant_applies_to_the_sources_and_names_a_test() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        var process = new ProcessBuilder(java, "mutants/Run.java", "check").redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
