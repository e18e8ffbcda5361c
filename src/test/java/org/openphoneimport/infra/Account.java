package org.openphoneimport.infra;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

import org.openphoneimport.local.sample.http.Json;
import org.openphoneimport.testsupport.Answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What AWS does with a stack by itself: event source mappings hand records over, invocations that nobody waits for are carried
 * out, and schedules come round. All of it as the expanded template says.
 */
final class Account implements AutoCloseable {

    private static final Pattern INVOCATION = Pattern.compile("/2015-03-31/functions/stack-([a-z-]+)/.*");

    private final Deployment deployment;
    private final ExpandedTemplate template;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, LambdaProcess> functions = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    Account(Deployment deployment, ExpandedTemplate template) {
        this.deployment = deployment;
        this.template = template;
    }

    /** Processes start one after the other, as each wants all of the machine for its start; then everything begins at once. */
    void open() {
        var work = new ArrayList<Runnable>();
        functions.put("start-run", start("start-run", "start-run"));
        functions.put("keep-runs", start("keep-runs", "keep-runs"));
        for (var mapping : template.resources("AWS::Lambda::EventSourceMapping").values()) {
            int instances = Integer
                    .parseInt(template.resolve(mapping.at("/ScalingConfig/MaximumConcurrency"), deployment::reference));
            var function = function(mapping.at("/FunctionName/Ref").asText());
            var queue = deployment.reference(mapping.at("/EventSourceArn/Fn::GetAtt/0").asText());
            for (int instance = 1; instance <= instances; instance++) {
                var process = start(function, function + "-" + instance);
                work.add(() -> whileOpen(Duration.ZERO, () -> handOver(queue, process)));
            }
        }
        work.add(() -> whileOpen(Duration.ofMillis(200), this::carryOut));
        for (var schedule : template.resources("AWS::Scheduler::Schedule").values()) {
            if (schedule.path("ScheduleExpression").asText().equals("rate(1 minute)")) {
                var function = function(schedule.at("/Target/Arn/Ref").asText());
                var input = schedule.at("/Target/Input").asText();
                work.add(() -> whileOpen(Duration.ofMinutes(1), () -> invoke(function, input)));
            }
        }
        work.forEach(threads::execute);
    }

    /** Invokes a function and waits for its answer; one at a time. */
    Answer invoke(String function, String event) {
        var process = Objects.requireNonNull(functions.get(function), function);
        synchronized (process) {
            return process.invoke(event);
        }
    }

    private LambdaProcess start(String function, String log) {
        var properties = template.resources("AWS::Lambda::Function").values().stream()
                .filter(candidate -> candidate.at("/Environment/Variables/QUARKUS_LAMBDA_HANDLER").asText().equals(function))
                .findFirst().orElseThrow();
        var environment = new TreeMap<String, String>();
        properties.at("/Environment/Variables").properties().forEach(variable -> environment.put(variable.getKey(),
                template.resolve(variable.getValue(), deployment::reference)));
        var process = deployment.start(function, log, environment);
        process.awaitReady();
        return process;
    }

    /** The function that an alias leads to, as people call it. */
    private String function(String alias) {
        var function = template.resource(alias).at("/FunctionName/Ref").asText();
        return template.resource(function).at("/Environment/Variables/QUARKUS_LAMBDA_HANDLER")
                .asText();
    }

    private void handOver(String queue, LambdaProcess process) {
        var sqs = deployment.queues().sqs();
        for (var record : sqs.receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(1)).messages()) {
            var answer = process.invoke(event(record).toString());
            boolean failed = answer.failed() || answer.document().path("batchItemFailures").valueStream()
                    .anyMatch(failure -> failure.path("itemIdentifier").asText().equals(record.messageId()));
            if (!failed) {
                sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(record.receiptHandle()));
            }
        }
    }

    private static JsonNode event(Message record) {
        var event = (ObjectNode) Json.read("{\"Records\":[{}]}".getBytes(StandardCharsets.UTF_8));
        ((ObjectNode) event.at("/Records/0")).put("messageId", record.messageId()).put("receiptHandle", record.receiptHandle())
                .put("body", record.body()).put("eventSource", "aws:sqs").put("awsRegion", "us-east-1")
                .put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:queue");
        return event;
    }

    private void carryOut() {
        for (var invocation : deployment.aws().nextInvocations()) {
            var function = INVOCATION.matcher(URLDecoder.decode(invocation.uri(), StandardCharsets.UTF_8));
            if (invocation.type().equals("Event") && function.matches()) {
                var name = Objects.requireNonNull(function.group(1));
                threads.execute(() -> invoke(name, invocation.payload()));
            }
        }
    }

    private void whileOpen(Duration pause, Runnable work) {
        while (open) {
            try {
                work.run();
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            } catch (SdkException | AssertionError e) {
                if (open) {
                    System.out.println("AWS goes on after: " + e.getMessage());
                }
            }
        }
    }

    @Override
    public void close() {
        open = false;
        threads.shutdownNow();
        functions.values().forEach(LambdaProcess::close);
    }
}
