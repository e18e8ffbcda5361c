package org.openphoneimport.infra;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a native executable, which is not built here. */
@BesideOthers
class NativeArtifactTest {

    private static final int ELF = 0x464c457f;
    private static final int MACH_O = 0xfeedfacf;

    @TempDir
    private Path folder;

    @Test
    void the_artifact_of_the_jvm_is_deployed_to_java_whatever_is_given() {
        var template = Template.read().document();

        assertThat(Template.at(template, "Globals", "Function", "CodeUri")).isEqualTo("../target/function.zip");
        assertThat(Template.at(template, "Globals", "Function", "Runtime")).isEqualTo("java25");
    }

    /**
     * {@code sam build} would only hide them: it leaves their places in the template as they are, and puts that elsewhere.
     * Without
     * {@code -t} the CLI reads answers where it is called, but writes them where the template is.
     */
    @Test
    void sam_deploys_each_artifact_by_its_template_without_building_anything() throws IOException {
        assertThat(Files.readString(Path.of("docs", "aws.md")))
                .contains("sam deploy --guided -t infra/template.yaml --stack-name")
                .contains("\nsam deploy -t infra/template.yaml\n").doesNotContain("sam build");
        assertThat(Files.readString(Path.of("docs", "native.md")))
                .contains("sam deploy --guided -t target/template-native.yaml --stack-name");
    }

    /** They name the database and who is told of alarms. */
    @Test
    void answers_are_not_for_git() throws IOException {
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("samconfig.toml", ".aws-sam/");
    }

    @ParameterizedTest
    @Landing
    @CsvSource({ "x86_64,62", "arm64,183" })
    void an_executable_is_deployed_where_it_runs_and_nowhere_else(String architecture, short machine) throws Exception {
        assertThat(nameNative(executable(ELF, machine))).contains(architecture);

        var function = Template.map(Template.at(template(), "Globals", "Function"));
        assertThat(function).containsEntry("Runtime", "provided.al2023").containsEntry("SnapStart", Map.of("ApplyOn", "None"));
        assertThat(folder.resolve(String.valueOf(function.get("CodeUri")))).isRegularFile().hasFileName("function-native.zip");
        assertThat(folder.resolve("function.zip")).doesNotExist();
        assertThat(Template.map(Template.at(template(), "Parameters", "Architecture")))
                .containsEntry("Default", architecture).containsEntry("AllowedValues", List.of(architecture));
        assertThat(template().get("Resources")).isEqualTo(Template.read().document().get("Resources"));
    }

    @Test
    @Landing
    void what_lambda_cannot_run_gets_no_template() throws Exception {
        assertThat(nameNative(executable(MACH_O, (short) 62))).contains("not one for Linux").contains("container-build");
        assertThat(nameNative(Map.of("lib/some.jar", new byte[100]))).contains("has no bootstrap");

        assertThat(folder).isDirectoryNotContaining("glob:**native*");
    }

    @Test
    void an_executable_is_built_under_the_profile_under_which_functions_run() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<quarkus.profile>"
                + Template.read().environment("keep-runs", name -> name).get("QUARKUS_PROFILE") + "</quarkus.profile>");
    }

    @Test
    @Landing
    void whoever_has_nothing_to_build_it_with_is_told_what_to_install() throws Exception {
        var graal = folder.resolve("graal");
        var builder = Files.createFile(Files.createDirectories(graal.resolve("bin")).resolve("native-image"));
        assertThat(builder.toFile().setExecutable(true)).isTrue();

        assertThat(run(Map.of(), "FindNativeBuilder.java")).contains("GRAALVM_HOME").contains("Docker or Podman")
                .contains("docs/native.md");
        assertThat(run(Map.of("GRAALVM_HOME", graal.toString()), "FindNativeBuilder.java")).isEmpty();
    }

    private static Map<String, byte[]> executable(int format, short machine) {
        var header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(0, format).putShort(18, machine);
        return Map.of("bootstrap", header.array());
    }

    private String nameNative(Map<String, byte[]> files) throws Exception {
        var built = folder.resolve("function.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(built))) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return run(Map.of(), "NameNative.java", built.toString(), "infra/template.yaml", folder.toString());
    }

    private Map<String, Object> template() {
        return Template.read(folder.resolve("template-native.yaml")).document();
    }

    /** Runs a program of the build's, which finds nothing but what it is given. */
    private String run(Map<String, String> environment, String program, String... arguments) throws Exception {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "infra/" + program).redirectErrorStream(true);
        builder.command().addAll(Arrays.asList(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", folder.toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
