package org.openphoneimport.invocation;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Writes figures into the log in CloudWatch's embedded metric format, which makes metrics of them: that costs no request, and
 * nothing is lost when the function is frozen the moment it has answered.
 */
@ApplicationScoped
public class Figures {

    private final InvocationConfig config;
    private final ObjectMapper mapper;
    private final Clock clock;

    Figures(InvocationConfig config, ObjectMapper mapper, Clock clock) {
        this.config = config;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Whether anybody wants figures. */
    public boolean areWanted() {
        return config.metricsNamespace().isPresent();
    }

    /** Writes figures by name, such as {@code HoursSinceImport}. */
    public void write(Map<String, ? extends Number> figures) {
        config.metricsNamespace().ifPresent(namespace -> {
            // A line of its own, not one of the logger's: CloudWatch wants the document at the top.
            System.out.println(document(namespace, figures));
        });
    }

    String document(String namespace, Map<String, ? extends Number> figures) {
        var document = mapper.createObjectNode();
        var metrics = document.putObject("_aws").put("Timestamp", clock.millis()).putArray("CloudWatchMetrics").addObject();
        metrics.put("Namespace", namespace);
        metrics.putArray("Dimensions").addArray().add("Deployment");
        figures.keySet().stream().sorted().forEach(name -> metrics.withArray("Metrics").addObject().put("Name", name));
        document.put("Deployment", config.prefix());
        figures.forEach((name, figure) -> document.putPOJO(name, figure));
        try {
            return mapper.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to write the figures " + List.copyOf(figures.keySet()), e);
        }
    }
}
