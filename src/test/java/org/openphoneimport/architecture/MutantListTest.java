package org.openphoneimport.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;
import static org.junit.platform.commons.support.ReflectionSupport.findMethods;

/** Whether the lists of mutants fit the sources as they are: {@code ./mvnw -Pmutants verify} applies them. */
@BesideOthers
class MutantListTest {

    private static final Path MUTANTS = Path.of("mutants");
    private static final Path SOURCES = Path.of("src/test/java");

    @Test
    void every_mutant_applies_to_the_sources_and_names_a_test() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        var process = new ProcessBuilder(java, "mutants/Run.java", "check").redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    /** Else a mistake like it would be found when a change lands, and not by the build of who makes it. */
    @Test
    void no_test_that_a_mutant_needs_waits_for_a_landing() throws IOException {
        var classes = classes();

        assertThat(tests()).isNotEmpty().filteredOn(test -> waits(classes.get(test.replaceFirst("#.*", "")), test)).isEmpty();
    }

    /** {@code LedgerTest#a_name}, or a class alone. */
    private static Stream<String> tests() throws IOException {
        try (var lists = Files.newDirectoryStream(MUTANTS, "*.txt")) {
            var tests = Stream.<String> builder();
            for (var list : lists) {
                Files.readAllLines(list).stream().filter(line -> line.startsWith("test ")).forEach(tests);
            }
            return tests.build().map(line -> line.substring("test ".length()).strip()).distinct();
        }
    }

    /** All of the tests' classes, by their full names and their simple ones; where two have one, a list has the full name. */
    private static Map<String, Class<?>> classes() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .<Class<?>> map(MutantListTest::load)
                    .mapMulti((Class<?> type, Consumer<Map.Entry<String, Class<?>>> names) -> {
                        names.accept(Map.entry(type.getName(), type));
                        names.accept(Map.entry(type.getSimpleName(), type));
                    }).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
        }
    }

    private static Class<?> load(Path file) {
        var name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
        try {
            return Class.forName(name, false, MutantListTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean waits(Class<?> type, String test) {
        return isAnnotated(type, Landing.class)
                || !findMethods(type, method -> test.endsWith("#" + method.getName()) && isAnnotated(method, Landing.class),
                        HierarchyTraversalMode.TOP_DOWN).isEmpty();
    }
}
