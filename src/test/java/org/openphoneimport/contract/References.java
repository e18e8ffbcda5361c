package org.openphoneimport.contract;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;

/** What a document keeps under {@code components}, and the schemas that refer to it. */
final class References {

    /** What stands beside a schema and checks nothing. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keywords(Stream.of("components", "x-confidence", "x-note").map(NonValidationKeyword::new).toList()).build();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(DIALECT,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = Collections.synchronizedMap(new IdentityHashMap<>());

    References(JsonNode document) {
        this.document = document;
    }

    /** The node itself, or the one that it refers to. */
    JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.startsWith("#") ? document.at(reference.substring(1)) : node;
    }

    /** What a value has that its schema does not allow. */
    List<Error> violations(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compile).validate(value);
    }

    private Schema compile(JsonNode schema) {
        var complete = JsonNodeFactory.instance.objectNode();
        schema.properties().forEach(property -> complete.set(property.getKey(), property.getValue()));
        // Where its references point to.
        complete.set("components", document.path("components"));
        return SCHEMAS.getSchema(complete);
    }
}
