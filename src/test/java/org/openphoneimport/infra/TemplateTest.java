package org.openphoneimport.infra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.invocation.Invoked;
import org.openphoneimport.testsupport.BesideOthers;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be told of the template without deploying it. */
@BesideOthers
class TemplateTest {

    private static final List<JavaClass> HANDLERS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages("org.openphoneimport").stream()
            .filter(type -> type.isAssignableTo(RequestHandler.class)).toList();

    private final Template template = Template.read();

    @Test
    void every_function_has_its_handler_and_every_handler_its_function() {
        var handlers = new TreeSet<>(HANDLERS.stream().map(type -> type.getAnnotationOfType(Named.class).value()).toList());

        assertThat(template.functions().keySet()).isEqualTo(handlers);
    }

    @Test
    void every_handler_tells_its_invocation_in_the_log() {
        assertThat(HANDLERS).allMatch(type -> type.isAnnotatedWith(Invoked.class));
    }

    @Test
    void functions_are_named_as_they_invoke_each_other() {
        template.functions().forEach((name, function) -> assertThat(Template.at(function, "FunctionName"))
                .isEqualTo(Map.of("!Sub", "${AWS::StackName}-" + name)));
        assertThat(template.environment("start-run", reference -> reference))
                .containsEntry("FUNCTIONS_PREFIX", "AWS::StackName-")
                .containsEntry("FUNCTIONS_ALIAS",
                        String.valueOf(Template.at(template.document(), "Globals", "Function", "AutoPublishAlias")));
    }

    @Test
    void only_start_run_and_keep_runs_change_the_schema_and_only_status_page_has_a_server() {
        assertThat(having("FUNCTIONS_MIGRATE", "true")).containsExactlyInAnyOrder("start-run", "keep-runs");
        assertThat(having("QUARKUS_HTTP_HOST_ENABLED", "true")).containsExactly("status-page");
    }

    @Test
    void queues_report_failures_record_by_record() {
        var mappings = eventSources("SQS");

        assertThat(mappings).hasSize(2);
        assertThat(mappings.values()).allSatisfy(mapping -> {
            assertThat(mapping.get("FunctionResponseTypes")).isEqualTo(List.of("ReportBatchItemFailures"));
            assertThat(Template.at(mapping, "ScalingConfig", "MaximumConcurrency")).isNotNull();
        });
    }

    @Test
    void a_record_stays_invisible_for_six_times_as_long_as_a_function_may_work_on_it() {
        eventSources("SQS").forEach((function, mapping) -> {
            var queue = template.resource(resourceOf(mapping.get("Queue")));
            int timeout = Template.number(Template.at(template.functions().get(function), "Timeout"));

            assertThat(Template.number(queue.get("VisibilityTimeout"))).as(function).isGreaterThanOrEqualTo(6 * timeout);
        });
    }

    @Test
    void records_are_given_up_after_five_receives_and_kept_for_fourteen_days() {
        eventSources("SQS").values().forEach(mapping -> {
            var queue = template.resource(resourceOf(mapping.get("Queue")));

            assertThat(Template.at(queue, "RedrivePolicy", "maxReceiveCount")).isEqualTo(5);
            assertThat(template.resources("AWS::SQS::Queue"))
                    .containsKey(resourceOf(Template.at(queue, "RedrivePolicy", "deadLetterTargetArn")));
        });
        assertThat(template.resources("AWS::SQS::Queue").values())
                .allMatch(queue -> Template.number(queue.get("MessageRetentionPeriod")) == 14 * 24 * 60 * 60);
    }

    @Test
    void whatever_is_asynchronous_has_a_dead_letter_queue() {
        template.resources("AWS::Scheduler::Schedule").forEach((name, schedule) -> assertThat(
                resourceOf(Template.at(schedule, "Target", "DeadLetterConfig", "Arn"))).as(name)
                .isEqualTo("InvocationDeadLetterQueue"));
        // These two are invoked by schedules and by each other, which do not wait for them.
        List.of("start-run", "keep-runs").forEach(name -> assertThat(resourceOf(Template.at(template.functions().get(name),
                "EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination"))).as(name)
                .isEqualTo("InvocationDeadLetterQueue"));
        assertThat(template.resources("AWS::Scheduler::Schedule")).hasSize(2);
    }

    @Test
    void everything_that_is_kept_is_encrypted() {
        assertThat(template.resources("AWS::SQS::Queue").values())
                .allMatch(queue -> Boolean.TRUE.equals(queue.get("SqsManagedSseEnabled")));
        assertThat(template.resources("AWS::S3::Bucket").values()).allMatch(bucket -> bucket.containsKey("BucketEncryption"));
        assertThat(template.resources("AWS::SNS::Topic").values()).allMatch(topic -> topic.containsKey("KmsMasterKeyId"));
    }

    @Test
    void what_travels_is_encrypted() {
        var url = String.valueOf(Template.at(template.document(), "Parameters", "DatabaseUrl", "AllowedPattern"));

        assertThat("jdbc:postgresql://db:5432/company?sslmode=verify-full").matches(url);
        assertThat("jdbc:postgresql://db/company?a=b&sslmode=require&c=d").matches(url);
        assertThat("jdbc:postgresql://db:5432/company").doesNotMatch(url);
        assertThat("jdbc:postgresql://db:5432/company?sslmode=disable").doesNotMatch(url);
        assertThat("jdbc:postgresql://db:5432/company?sslmode=prefer").doesNotMatch(url);
        assertThat(template.resource("MediaBucketPolicy").toString()).contains("aws:SecureTransport");
    }

    @Test
    void buckets_are_private_and_versioned() {
        assertThat(template.resources("AWS::S3::Bucket").values()).isNotEmpty().allSatisfy(bucket -> {
            assertThat(Template.map(bucket.get("PublicAccessBlockConfiguration")).values())
                    .hasSize(4).allMatch(Boolean.TRUE::equals);
            assertThat(Template.at(bucket, "VersioningConfiguration", "Status")).isEqualTo("Enabled");
        });
    }

    @Test
    void no_role_may_do_anything_that_can_be_named_with_a_star() {
        var stars = new LinkedHashMap<String, @Nullable Object>();
        for (var type : List.of("AWS::IAM::Role", "AWS::IAM::ManagedPolicy")) {
            template.resources(type).forEach((name, policy) -> statements(policy)
                    .filter(statement -> "Allow".equals(statement.get("Effect")))
                    .filter(statement -> String.valueOf(statement.get("Action")).contains("*")
                            || isStar(statement.get("Resource")))
                    .forEach(statement -> stars.put(name, statement.get("Action"))));
        }

        // EC2 knows no interface before it is made.
        assertThat(stars.keySet()).containsExactly("NetworkPolicy");
        assertThat(Template.list(stars.get("NetworkPolicy"))).allMatch(action -> action.toString().startsWith("ec2:"));
    }

    @Test
    void keep_runs_may_invoke_itself_and_tell_an_event_bus_only_if_there_is_one() {
        var role = String.valueOf(template.resource("KeepRunsRole").get("Policies"));

        assertThat(role).contains("${AWS::StackName}-keep-runs:live");
        assertThat(statements(template.resource("KeepRunsRole"))
                .filter(statement -> String.valueOf(statement).contains("events:PutEvents")).toList())
                .singleElement().satisfies(statement -> assertThat(String.valueOf(statement)).startsWith("{!If=[HasEventBus"));
    }

    @Test
    void no_function_shares_its_role_with_another() {
        var roles = template.functions().values().stream().map(function -> resourceOf(function.get("Role"))).toList();

        assertThat(roles).doesNotHaveDuplicates().doesNotContainNull().hasSameSizeAs(template.functions().keySet());
    }

    @Test
    void no_secret_stands_in_the_template() {
        assertThat(template.resources("AWS::SecretsManager::Secret").values())
                .hasSize(3).noneMatch(secret -> secret.containsKey("SecretString"));
        assertThat(template.functions().keySet()).allSatisfy(function -> assertThat(
                template.environment(function, reference -> reference)).doesNotContainKeys("OPENPHONE_API_KEY",
                        "QUARKUS_DATASOURCE_PASSWORD"));
    }

    @Test
    void every_function_has_a_log_that_ends() {
        var logs = template.resources("AWS::Logs::LogGroup");

        assertThat(logs.values()).allMatch(log -> log.containsKey("RetentionInDays"));
        assertThat(template.functions().values().stream()
                .map(function -> resourceOf(Template.at(function, "LoggingConfig", "LogGroup"))).collect(Collectors.toSet()))
                .isEqualTo(logs.keySet());
    }

    @Test
    void every_alarm_tells_somebody_and_says_what_to_do() {
        assertThat(template.resources("AWS::CloudWatch::Alarm").values()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.get("AlarmActions")).isEqualTo(List.of(Map.of("!Ref", "AlarmTopic")));
            assertThat(String.valueOf(alarm.get("AlarmDescription"))).hasSizeGreaterThan(40);
        });
    }

    private List<String> having(String variable, String value) {
        return template.functions().keySet().stream()
                .filter(function -> value.equals(template.environment(function, reference -> reference).get(variable)))
                .toList();
    }

    /** Events of a type, by function. */
    private Map<String, Map<String, Object>> eventSources(String type) {
        var found = new LinkedHashMap<String, Map<String, Object>>();
        template.functions().forEach((name, function) -> Template.map(function.get("Events")).values().stream()
                .map(Template::map).filter(event -> type.equals(event.get("Type")))
                .forEach(event -> found.put(name, Template.map(event.get("Properties")))));
        return found;
    }

    private static Stream<Map<String, Object>> statements(Map<String, Object> policy) {
        var statements = new ArrayList<Map<String, Object>>();
        var documents = new ArrayList<Object>(Template.list(policy.get("Policies")));
        documents.add(policy);
        documents.forEach(document -> Template.list(Template.at(document, "PolicyDocument", "Statement"))
                .forEach(statement -> statements.add(Template.map(statement))));
        return statements.stream();
    }

    private static boolean isStar(@Nullable Object resource) {
        return Template.list(resource).contains("*");
    }

    /** The resource that {@code !Ref Name} or {@code !GetAtt Name.Arn} names. */
    private static String resourceOf(@Nullable Object reference) {
        return String.valueOf(Template.map(reference).values().iterator().next()).replaceFirst("\\..*", "");
    }
}
