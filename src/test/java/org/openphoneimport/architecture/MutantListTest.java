package org.openphoneimport.architecture;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
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
import org.openphoneimport.testsupport.Thorough;

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

    /** The others are found when a change lands. */
    @Test
    void a_build_while_one_works_finds_at_least_five_mutants_in_six() throws IOException {
        var classes = classes();
        var tests = tests().toList();

        var found = tests.stream().filter(test -> !waits(classes.get(test.replaceFirst("#.*", "")), test)).count();

        assertThat(found).isBetween(tests.size() * 5L / 6, tests.size() - 1L);
    }

    /** Each mutant's: {@code LedgerTest#a_name}, or a class alone. */
    private static Stream<String> tests() throws IOException {
        try (var lists = Files.newDirectoryStream(MUTANTS, "*.txt")) {
            var tests = Stream.<String> builder();
            for (var list : lists) {
                Files.readAllLines(list).stream().filter(line -> line.startsWith("test ")).forEach(tests);
            }
            return tests.build().map(line -> line.substring("test ".length()).strip());
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

    private static boolean waits(AnnotatedElement testOrClass) {
        return isAnnotated(testOrClass, Landing.class) || isAnnotated(testOrClass, Thorough.class);
    }

    private static boolean waits(Class<?> type, String test) {
        return waits(type) || !findMethods(type, method -> test.endsWith("#" + method.getName()) && waits(method),
                HierarchyTraversalMode.TOP_DOWN).isEmpty();
    }
}
