package org.openphoneimport.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * {@code infra/template.yaml} as AWS's own translator expands it, where that is installed: with the SAM CLI, or alone for
 * {@code python3}.
 *
 * @param given the parameters that are not as they are by themselves
 */
record ExpandedTemplate(JsonNode document, Map<String, String> given) {

    private static final Path SCRIPT = Path.of("src", "test", "resources", "org", "openphoneimport", "infra", "expand.py");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    /**
     * @param code where the artifact is said to be stored
     */
    static ExpandedTemplate of(String code, Map<String, String> parameters) throws IOException, InterruptedException {
        var python = python();
        if (python.isEmpty()) {
            abort("There is no SAM translator here, so the template is not expanded: pip install aws-sam-cli");
        }
        var process = new ProcessBuilder(python.get(), SCRIPT.toString(), "infra/template.yaml", code,
                new ObjectMapper().writeValueAsString(parameters)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return new ExpandedTemplate(Json.read(output), parameters);
    }

    /** All resources of a type, by name. */
    Map<String, JsonNode> resources(String type) {
        var found = new TreeMap<String, JsonNode>();
        document.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .forEach(resource -> found.put(resource.getKey(), resource.getValue().path("Properties")));
        return found;
    }

    JsonNode resource(String name) {
        return document.path("Resources").path(name).path("Properties");
    }

    /** A parameter as it is given, or as it is by itself. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(given.get(name))
                .or(() -> Optional.ofNullable(document.at("/Parameters/" + name).get("Default"))
                        .map(JsonNode::asText));
    }

    /** What a value comes to when everything that is no parameter is replaced by what is given. */
    String resolve(JsonNode value, UnaryOperator<String> resource) {
        if (!value.isObject()) {
            return value.asText();
        }
        var call = value.properties().iterator().next();
        var argument = call.getValue();
        UnaryOperator<String> name = text -> parameter(text).orElseGet(() -> resource.apply(text));
        return switch (call.getKey()) {
            case "Ref" -> name.apply(argument.asText());
            case "Fn::GetAtt" -> resource.apply(argument.path(0).asText());
            case "Fn::Sub" -> VARIABLE.matcher(argument.asText()).replaceAll(found -> name.apply(found.group(1)));
            case "Fn::If" ->
                resolve(argument.path(holds(document.at("/Conditions/" + argument.path(0).asText())) ? 1 : 2), resource);
            case "Fn::Join" -> String.join(argument.path(0).asText(), Optional.of(argument.path(1)).filter(JsonNode::isArray)
                    .map(list -> list.valueStream().map(item -> resolve(item, resource)).toList())
                    .orElseGet(() -> List.of(resolve(argument.path(1), resource))));
            default -> throw new IllegalArgumentException("No idea what this is: " + value);
        };
    }

    private boolean holds(JsonNode condition) {
        var call = condition.properties().iterator().next();
        var arguments = call.getValue();
        return switch (call.getKey()) {
            case "Fn::Equals" -> resolve(arguments.path(0), text -> text).equals(resolve(arguments.path(1), text -> text));
            case "Fn::Not" -> !holds(arguments.path(0));
            case "Fn::And" -> arguments.valueStream().allMatch(this::holds);
            case "Fn::Or" -> arguments.valueStream().anyMatch(this::holds);
            case "Condition" -> holds(document.at("/Conditions/" + arguments.asText()));
            default -> throw new IllegalArgumentException("No idea what this is: " + condition);
        };
    }

    /** The interpreter that can load the translator: that of the SAM CLI, which its first line names, or the usual one. */
    private static Optional<String> python() throws IOException {
        var path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
        for (var sam : path.stream().map(folder -> folder.resolve("sam")).filter(Files::isReadable).toList()) {
            try (var lines = Files.lines(sam, StandardCharsets.ISO_8859_1)) {
                var interpreter = lines.findFirst().filter(line -> line.startsWith("#!"))
                        .map(line -> line.substring(2).strip());
                if (interpreter.filter(ExpandedTemplate::loads).isPresent()) {
                    return interpreter;
                }
            }
        }
        return Optional.of("python3").filter(ExpandedTemplate::loads);
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
