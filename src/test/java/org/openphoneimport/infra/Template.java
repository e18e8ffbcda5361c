package org.openphoneimport.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * {@code infra/template.yaml}. Its functions, such as {@code !Ref}, are read as maps with one key: {@code {"!Ref": "Queue"}}.
 */
record Template(Map<String, Object> document) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    static Template read() {
        return read(Path.of("infra", "template.yaml"));
    }

    static Template read(Path template) {
        try (var file = Files.newBufferedReader(template)) {
            return new Template(map(new Yaml(new Lenient()).load(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All resources of a type, by name. */
    Map<String, Map<String, Object>> resources(String type) {
        var found = new LinkedHashMap<String, Map<String, Object>>();
        map(document.get("Resources")).forEach((name, resource) -> {
            if (type.equals(map(resource).get("Type"))) {
                found.put(name, properties(map(resource)));
            }
        });
        return found;
    }

    Map<String, Object> resource(String name) {
        return properties(map(Objects.requireNonNull(map(document.get("Resources")).get(name), name)));
    }

    /** The functions by what they are, such as {@code start-run}. */
    Map<String, Map<String, Object>> functions() {
        var functions = new TreeMap<String, Map<String, Object>>();
        resources("AWS::Serverless::Function").values().forEach(function -> functions.put(
                String.valueOf(at(function, "Environment", "Variables", "QUARKUS_LAMBDA_HANDLER")), function));
        return functions;
    }

    /** A function's environment variables, what they refer to replaced by what is given. */
    Map<String, String> environment(String function, Function<String, String> reference) {
        var variables = new TreeMap<String, String>();
        map(at(map(document.get("Globals")), "Function", "Environment", "Variables"))
                .forEach((name, value) -> variables.put(name, resolve(value, reference)));
        map(at(Objects.requireNonNull(functions().get(function), function), "Environment", "Variables"))
                .forEach((name, value) -> variables.put(name, resolve(value, reference)));
        return variables;
    }

    private static String resolve(Object value, Function<String, String> reference) {
        if (!(value instanceof Map<?, ?> call)) {
            return String.valueOf(value);
        }
        var argument = call.values().iterator().next();
        return switch (String.valueOf(call.keySet().iterator().next())) {
            case "!Ref" -> reference.apply(String.valueOf(argument));
            case "!Sub" -> VARIABLE.matcher(String.valueOf(argument)).replaceAll(found -> reference.apply(found.group(1)));
            // The first choice is what the template does by itself.
            case "!If" -> resolve(list(argument).get(1), reference);
            default -> throw new IllegalArgumentException("No idea what this is: " + call);
        };
    }

    /** What stands at a path; null when nothing does. */
    static @Nullable Object at(@Nullable Object from, String... path) {
        @Nullable
        Object found = from;
        for (var name : path) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    @SuppressWarnings("unchecked") // keys in YAML as it is written here are text
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** A number that has to be there. */
    static int number(@Nullable Object value) {
        return Integer.parseInt(String.valueOf(value));
    }

    /** A list as it is, anything else as the only one. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static Map<String, Object> properties(Map<String, Object> resource) {
        return map(resource.get("Properties"));
    }

    private static final class Lenient extends SafeConstructor {

        Lenient() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return Map.of(node.getTag().getValue(), switch (node) {
                        case ScalarNode scalar -> constructScalar(scalar);
                        case SequenceNode sequence -> constructSequence(sequence);
                        case MappingNode mapping -> constructMapping(mapping);
                        default -> throw new IllegalArgumentException(node.toString());
                    });
                }
            });
        }
    }
}
