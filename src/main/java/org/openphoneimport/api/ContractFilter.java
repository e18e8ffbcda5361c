package org.openphoneimport.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * Says in the OpenAPI document what records say and the scanner does not read: all fields are there in each answer, which of
 * them can be null, and what an error looks like. It runs while the application is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final DotName IGNORED = DotName.createSimple("com.fasterxml.jackson.annotation.JsonIgnore");
    private static final DotName INCLUDED = DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
    private static final String ERROR = "ErrorAnswer";

    private final IndexView index;

    /** @param index of the application's classes */
    public ContractFilter(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSchema(ERROR, error());
        document.getComponents().getSchemas().forEach(this::complete);
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations().values().forEach(operation -> {
            describeErrors(operation);
            Stream.ofNullable(operation.getParameters()).flatMap(List::stream)
                    .forEach(parameter -> describe(path, parameter));
        }));
    }

    private static Schema error() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT)
                .addProperty("error", OASFactory.createSchema().addType(SchemaType.STRING))
                .addProperty("field", OASFactory.createSchema().addType(SchemaType.STRING));
    }

    /** They are texts in Java, so that what is wrong with one can be said in a sentence. */
    private static void describe(String path, Parameter parameter) {
        switch (parameter.getName()) {
            case "limit", "before", "issueId" -> parameter.setSchema(integer());
            case "id" -> parameter.setSchema(path.startsWith("/api/runs/")
                    ? OASFactory.createSchema().addType(SchemaType.STRING).format("uuid")
                    : integer());
            case "action" -> parameter.getSchema().setEnumeration(List.of("pause", "resume", "cancel", "retry", "repair"));
            default -> {
                // A text.
            }
        }
    }

    private static Schema integer() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
    }

    private static void describeErrors(Operation operation) {
        operation.getResponses().addAPIResponse("default", OASFactory.createAPIResponse()
                .description("What is wrong, and what to do, in a sentence")
                .content(OASFactory.createContent().addMediaType("application/json", OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + ERROR)))));
    }

    private void complete(String name, Schema schema) {
        var properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        var record = record(name, properties.keySet());
        var required = new ArrayList<>(properties.keySet());
        record.ifPresent(found -> found.recordComponents().forEach(component -> {
            if (is(component, INCLUDED) || (name.endsWith("Payload") && isNullable(component))) {
                required.remove(component.name());
            } else if (properties.containsKey(component.name()) && isNullable(component)) {
                schema.addProperty(component.name(), nullable(properties.get(component.name())));
            }
        }));
        schema.setRequired(required.isEmpty() ? null : required);
    }

    /** The record that a schema was made of: they have a name and their fields in common. */
    private Optional<ClassInfo> record(String schema, Set<String> properties) {
        var name = schema.replaceFirst("\\d+$", "");
        return index.getKnownClasses().stream().filter(ClassInfo::isRecord)
                .filter(type -> type.simpleName().equals(name) || type.name().withoutPackagePrefix().endsWith("$" + name))
                .filter(type -> type.recordComponents().stream().filter(component -> !is(component, IGNORED))
                        .map(RecordComponentInfo::name).collect(Collectors.toSet()).stream().allMatch(properties::contains))
                // Another one of that name may have some of its fields.
                .max(Comparator.comparingInt(type -> type.recordComponents().size()));
    }

    private static boolean isNullable(RecordComponentInfo component) {
        return component.type().hasAnnotation(NULLABLE);
    }

    /** What is said of a component stands, by its annotation, on whatever the compiler makes of it. */
    private static boolean is(RecordComponentInfo component, DotName annotation) {
        return component.hasAnnotation(annotation) || component.declaringClass().fields().stream()
                .filter(field -> field.name().equals(component.name()))
                .anyMatch(field -> field.annotations().stream().filter(each -> each.name().equals(annotation))
                        .anyMatch(each -> each.target().kind() == AnnotationTarget.Kind.FIELD));
    }

    /** A reference has no type of its own. */
    private static Schema nullable(Schema schema) {
        if (schema.getRef() == null) {
            return schema.addType(SchemaType.NULL);
        }
        return OASFactory.createSchema().anyOf(List.of(schema, OASFactory.createSchema().addType(SchemaType.NULL)));
    }
}
