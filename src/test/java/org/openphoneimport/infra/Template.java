package org.openphoneimport.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
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

    /** What a parameter is if nothing is said; empty if there is no such parameter. */
    Optional<String> defaultOf(String parameter) {
        return Optional.ofNullable(at(document, "Parameters", parameter, "Default")).map(String::valueOf);
    }

    /** All that a value refers to, by way of conditions, too: parameters, resources, and what AWS names by itself. */
    Set<String> references(@Nullable Object value) {
        var found = new TreeSet<String>();
        switch (value) {
            case Map<?, ?> map -> map.forEach((name, argument) -> {
                switch (String.valueOf(name)) {
                    case "!Ref", "!GetAtt" -> found.add(String.valueOf(argument).replaceFirst("\\..*", ""));
                    case "!Sub" -> VARIABLE.matcher(String.valueOf(list(argument).getFirst())).results()
                            .map(variable -> variable.group(1).replaceFirst("\\..*", "")).forEach(found::add);
                    case "!If" -> found.addAll(references(condition(list(argument).getFirst())));
                    case "!Condition" -> found.addAll(references(condition(argument)));
                    default -> {
                        // Whatever it is, what stands in it counts.
                    }
                }
                found.addAll(references(argument));
            });
            case List<?> list -> list.forEach(item -> found.addAll(references(item)));
            case null, default -> {
                // A text or a number.
            }
        }
        return found;
    }

    private Object condition(@Nullable Object name) {
        return Objects.requireNonNull(at(document, "Conditions", String.valueOf(name)), () -> "No condition " + name);
    }

    /** Whether a condition holds if nothing is said to any parameter. */
    private boolean holds(Object condition) {
        var call = map(condition).entrySet().iterator().next();
        var arguments = list(call.getValue());
        return switch (call.getKey()) {
            case "!Equals" -> resolve(arguments.get(0), name -> defaultOf(name).orElse(name))
                    .equals(resolve(arguments.get(1), name -> name));
            case "!Not" -> !holds(arguments.getFirst());
            case "!And" -> arguments.stream().allMatch(this::holds);
            case "!Or" -> arguments.stream().anyMatch(this::holds);
            case "!Condition" -> holds(condition(call.getValue()));
            default -> throw new IllegalArgumentException("No idea what this is: " + call);
        };
    }

    private String resolve(Object value, Function<String, String> reference) {
        if (!(value instanceof Map<?, ?> call)) {
            return String.valueOf(value);
        }
        var argument = call.values().iterator().next();
        return switch (String.valueOf(call.keySet().iterator().next())) {
            case "!Ref", "!GetAtt" -> reference.apply(String.valueOf(argument));
            case "!Sub" -> substitute(list(argument), reference);
            case "!If" -> resolve(list(argument).get(holds(condition(list(argument).getFirst())) ? 1 : 2), reference);
            case "!Join" -> String.join(String.valueOf(list(argument).getFirst()),
                    list(list(argument).get(1)).stream().map(item -> resolve(item, reference)).toList());
            default -> throw new IllegalArgumentException("No idea what this is: " + call);
        };
    }

    /** With a second argument, names of its own come first. */
    private String substitute(List<?> arguments, Function<String, String> reference) {
        var own = map(arguments.getLast());
        return VARIABLE.matcher(String.valueOf(arguments.getFirst())).replaceAll(found -> Matcher.quoteReplacement(
                Optional.ofNullable(own.get(found.group(1))).map(value -> resolve(value, reference))
                        .orElseGet(() -> reference.apply(found.group(1)))));
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
