package org.openphoneimport.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.BesideOthers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/** The template as AWS's own translator expands it, where that is installed: with the SAM CLI, or alone for {@code python3}. */
@BesideOthers
class ExpandedTemplateTest {

    private static final Path SCRIPT = Path.of("src", "test", "resources", "org", "openphoneimport", "infra", "expand.py");

    @Test
    void other_settings_replace_the_version_of_every_function() throws Exception {
        var before = expand("code", Map.of());

        for (var changed : List.of(Map.of("OpenPhoneRate", "5"),
                Map.of("DatabaseUrl", "jdbc:postgresql://other/db?sslmode=require"),
                Map.of("CertificateLayerArn", "arn:aws:lambda:us-east-1:123456789012:layer:database-certificate:2"),
                Map.of("OpenPhoneApi", "auto"), Map.of("Revision", "2"))) {
            var after = expand("code", changed);

            // CloudFormation replaces the policy, whose description cannot change, and so each version that is described by its name.
            assertThat(settings(after, changed)).as("%s", changed).isNotEqualTo(settings(before, Map.of()));
            assertThat(versions(after)).hasSize(5).allSatisfy((name, version) -> assertThat(
                    version.at("/Properties/Description/Ref").asText()).isEqualTo("Settings"));
            assertThat(functions(after)).hasSize(5).allSatisfy((name, function) -> assertThat(
                    function.at("/Properties/Description/Ref").asText()).isEqualTo("Settings"));
        }
    }

    @Test
    void other_code_publishes_a_version_of_every_function_and_the_same_code_none() throws Exception {
        var before = versions(expand("code", Map.of())).keySet();

        assertThat(versions(expand("code", Map.of())).keySet()).isEqualTo(before);
        assertThat(versions(expand("other code", Map.of())).keySet()).hasSize(5).doesNotContainAnyElementsOf(before);
    }

    @Test
    void all_callers_use_the_alias_which_is_the_newest_version() throws Exception {
        var template = expand("code", Map.of());

        assertThat(of(template, "AWS::Lambda::Alias").values()).hasSize(5).allSatisfy(alias -> assertThat(
                versions(template)).containsKey(alias.at("/Properties/FunctionVersion/Fn::GetAtt/0").asText()));
        assertThat(of(template, "AWS::Lambda::EventSourceMapping").values()).hasSize(2).allSatisfy(mapping -> assertThat(
                of(template, "AWS::Lambda::Alias")).containsKey(mapping.at("/Properties/FunctionName/Ref").asText()));
        assertThat(of(template, "AWS::Lambda::Url").values()).hasSize(1).allSatisfy(url -> assertThat(
                of(template, "AWS::Lambda::Alias")).containsKey(url.at("/Properties/TargetFunctionArn/Ref").asText()));
    }

    @Test
    void functions_that_send_to_what_invokes_them_are_not_stopped() throws Exception {
        var allowed = new TreeSet<String>();
        functions(expand("code", Map.of())).forEach((name, function) -> {
            if (function.at("/Properties/RecursiveLoop").asText().equals("Allow")) {
                allowed.add(name);
            }
        });

        assertThat(allowed).isEqualTo(
                Set.of("StartRunFunction", "ImportBatchFunction", "DownloadMediaFunction", "KeepRunsFunction"));
    }

    private static String settings(JsonNode template, Map<String, String> given) {
        var description = template.at("/Resources/Settings/Properties/Description/Fn::Sub/0").asText();
        for (var parameter : template.path("Parameters").properties()) {
            description = description.replace("${" + parameter.getKey() + "}",
                    given.getOrDefault(parameter.getKey(), parameter.getValue().path("Default").asText()));
        }
        return description;
    }

    private static Map<String, JsonNode> versions(JsonNode template) {
        return of(template, "AWS::Lambda::Version");
    }

    private static Map<String, JsonNode> functions(JsonNode template) {
        return of(template, "AWS::Lambda::Function");
    }

    private static Map<String, JsonNode> of(JsonNode template, String type) {
        var found = new TreeMap<String, JsonNode>();
        template.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .forEach(resource -> found.put(resource.getKey(), resource.getValue()));
        return found;
    }

    private static JsonNode expand(String code, Map<String, String> parameters) throws IOException, InterruptedException {
        var python = python();
        if (python.isEmpty()) {
            abort("There is no SAM translator here, so the template is not expanded: pip install aws-sam-cli");
        }
        var process = new ProcessBuilder(python.get(), SCRIPT.toString(), "infra/template.yaml", code,
                new ObjectMapper().writeValueAsString(parameters)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Json.read(output);
    }

    /** The interpreter that can load the translator: that of the SAM CLI, which its first line names, or the usual one. */
    private static Optional<String> python() throws IOException {
        var path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
        for (var sam : path.stream().map(folder -> folder.resolve("sam")).filter(Files::isReadable).toList()) {
            try (var lines = Files.lines(sam, StandardCharsets.ISO_8859_1)) {
                var interpreter = lines.findFirst().filter(line -> line.startsWith("#!"))
                        .map(line -> line.substring(2).strip());
                if (interpreter.filter(ExpandedTemplateTest::loads).isPresent()) {
                    return interpreter;
                }
            }
        }
        return Optional.of("python3").filter(ExpandedTemplateTest::loads);
    }

    private static boolean loads(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import samtranslator").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
