package org.openphoneimport.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** An OpenAPI document that requests and answers have to fit. YAML holds JSON as well. */
public final class Contract {

    /** The API without a version header. */
    public static final Contract V1 = read("quo-v1-structure.json");

    /** The API of 2026-03-30. */
    public static final Contract DATED = read("quo-2026-03-30.yaml");

    private final List<Operation> operations;

    private Contract(List<Operation> operations) {
        this.operations = operations;
    }

    /** The document that describes a path: v1's have a prefix. */
    public static Contract of(String path) {
        return path.startsWith("/v1/") ? V1 : DATED;
    }

    /** Reads a document of the test resources. */
    static Contract read(String name) {
        try (var document = Contract.class.getResourceAsStream("/contracts/" + name)) {
            var mapper = new ObjectMapper(new YAMLFactory());
            return new Contract(operations(mapper.readTree(Objects.requireNonNull(document, name))));
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to read " + name + ": " + e.getMessage(), e);
        }
    }

    private static List<Operation> operations(JsonNode document) {
        var references = new References(document);
        var operations = new ArrayList<Operation>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            if (!method.getKey().equals("parameters")) {
                operations.add(new Operation(method.getKey(), path.getKey(), path.getValue(), method.getValue(), references));
            }
        }));
        // fixed paths before those with a variable
        operations.sort((one, other) -> Boolean.compare(one.hasVariable(), other.hasVariable()));
        return List.copyOf(operations);
    }

    /** What does not fit of a request, each in a sentence. */
    public List<String> violations(SampleRequest request) {
        return operation(request).map(operation -> operation.violations(request))
                .orElse(List.of("no such operation"));
    }

    /** What does not fit of the answer to a request, each in a sentence. */
    public List<String> violations(SampleRequest request, Reply reply) {
        return operation(request).map(operation -> operation.violations(reply)).orElse(List.of());
    }

    /** Where a request goes, such as {@code GET /v1/calls/{callId}}. */
    public Optional<String> nameOf(SampleRequest request) {
        return operation(request).map(Operation::toString);
    }

    private Optional<Operation> operation(SampleRequest request) {
        return operations.stream().filter(operation -> operation.matches(request.method(), request.path())).findFirst();
    }
}
