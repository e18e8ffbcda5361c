package org.openphoneimport.infra;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openphoneimport.architecture.ApplicationClasses;
import org.openphoneimport.invocation.Invoked;
import org.openphoneimport.testsupport.BesideOthers;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaClass;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be told of the template without deploying it. */
@BesideOthers
class TemplateTest {

    private static final List<JavaClass> HANDLERS = ApplicationClasses.ALL.stream()
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

    /** Other values of parameters alone publish no version: these replace Settings, which each version names. */
    @Test
    void every_parameter_that_a_function_is_made_of_is_one_of_its_settings() {
        var parameters = Template.map(template.document().get("Parameters")).keySet();
        var settings = template.references(template.resource("Settings").get("Description"));
        var function = Template.map(Template.at(template.document(), "Globals", "Function"));

        var used = new TreeSet<>(template.references(function));
        template.functions().values().forEach(own -> {
            var versioned = new LinkedHashMap<>(own);
            // These belong to the function, whatever its version.
            versioned.keySet()
                    .removeAll(List.of("Events", "EventInvokeConfig", "FunctionUrlConfig", "ReservedConcurrentExecutions"));
            used.addAll(template.references(versioned));
            assertThat(own.get("VersionDescription")).isEqualTo(Map.of("!Ref", "Settings"));
            assertThat(own.get("AutoPublishAliasAllProperties")).isEqualTo(true);
        });
        used.retainAll(parameters);

        // Of this one nothing is made.
        used.add("Revision");
        settings.retainAll(parameters);
        assertThat(settings).isEqualTo(used);
        // Lambda publishes nothing when the function is as it was.
        assertThat(function.get("Description")).isEqualTo(Map.of("!Ref", "Settings"));
        // IAM replaces a policy only if it has no name of its own.
        assertThat(template.resource("Settings").get("ManagedPolicyName")).isNull();
    }

    @Test
    void parameters_say_what_a_run_does() {
        assertThat(template.environment("start-run", parameter -> "by " + parameter))
                .containsEntry("CHECKLIST_WEBHOOKS", "by Webhooks")
                .containsEntry("CHECKLIST_READ_ONLY_ROLES", "by ReadOnlyRoles")
                .containsEntry("MEDIA_MAX_SIZE", "by MediaMaxSize")
                .containsEntry("RECONCILIATION_OVERLAP", "by ReconciliationOverlap");
    }

    @Test
    void the_longest_settings_fit_into_the_description_of_a_policy() {
        var lists = Map.of("SubnetIds", 3 * 25, "SecurityGroupIds", 2 * 21);
        int longest = template.references(template.resource("Settings").get("Description")).stream()
                .filter(name -> template.defaultOf(name).isPresent())
                .mapToInt(name -> 1 + (lists.containsKey(name) ? lists.get(name) : longest(name))).sum();

        assertThat(longest).isLessThanOrEqualTo(1000);
    }

    private int longest(String parameter) {
        var described = Template.map(Template.at(template.document(), "Parameters", parameter));
        if (described.containsKey("MaxLength")) {
            return Template.number(described.get("MaxLength"));
        }
        // A number, one of some words, or what a pattern bounds.
        assertThat("Number".equals(described.get("Type")) || described.containsKey("AllowedValues")
                || described.containsKey("AllowedPattern")).as(parameter).isTrue();
        return 10;
    }

    /**
     * What is handed back goes onto its queue again, and functions invoke themselves and each other: Lambda ends that after 16.
     */
    @Test
    void whoever_goes_round_in_circles_may() {
        template.functions().forEach((name, function) -> assertThat(function.get("RecursiveLoop")).as(name)
                .isEqualTo(name.equals("status-page") ? null : "Allow"));
    }

    /** Its first answer took 3.5 s of a processor, and may take 5 s. */
    @Test
    void start_run_has_processor_enough_to_answer_in_time() {
        int memory = Template.number(template.resource("StartRunFunction").get("MemorySize"));

        // A whole processor comes with 1,769 MB.
        assertThat(3.5 * 1769 / memory).isLessThan(5);
    }

    /** Other functions would have valid records thrown away. */
    @Test
    void the_page_alone_can_be_limited_and_is_not_unless_it_is_said() {
        template.functions()
                .forEach((name, function) -> assertThat(String.valueOf(function.get("ReservedConcurrentExecutions")))
                        .as(name)
                        .isEqualTo(name.equals("status-page") ? "{!If=[LimitPage, {!Ref=PageConcurrency}, {!Ref=AWS::NoValue}]}"
                                : "null"));
        assertThat(template.defaultOf("PageConcurrency")).contains("0");
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
    void what_does_not_come_again_by_itself_has_a_dead_letter_queue() {
        assertThat(resourceOf(Template.at(template.resource("ReconciliationDaily"), "Target", "DeadLetterConfig", "Arn")))
                .isEqualTo("InvocationDeadLetterQueue");
        assertThat(resourceOf(Template.at(template.functions().get("start-run"),
                "EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination"))).isEqualTo("InvocationDeadLetterQueue");
        assertThat(Template.map(template.document().get("Outputs"))).containsKey("InvocationDeadLetterQueueName");
    }

    @Test
    void what_comes_again_in_a_minute_leaves_no_dead_letter_each_minute() {
        assertThat(Template.map(template.resource("KeepRunsEachMinute").get("Target"))).doesNotContainKey("DeadLetterConfig");
        assertThat(Template.map(Template.at(template.functions().get("keep-runs"), "EventInvokeConfig")))
                .doesNotContainKey("DestinationConfig");
    }

    @Test
    void schedules_say_what_they_want() {
        assertThat(template.resources("AWS::Scheduler::Schedule")).hasSize(2);
        assertThat(Template.at(template.resource("ReconciliationDaily"), "Target", "Input"))
                .isEqualTo("{\"type\":\"reconciliation\"}");
        assertThat(Template.at(template.resource("KeepRunsEachMinute"), "Target", "Input")).isEqualTo("{}");
    }

    /** {@code sam deploy --guided} takes no empty answer to what is hidden, and asks for it each time. */
    @Test
    void every_parameter_can_be_answered_by_enter() {
        assertThat(Template.map(template.document().get("Parameters"))).allSatisfy((name, parameter) -> {
            assertThat(Template.map(parameter)).as(name).containsKey("Default").doesNotContainKey("NoEcho");
        });
    }

    @Test
    void a_database_is_named_or_made() {
        assertThat(template.defaultOf("CreateDatabase")).contains("false");
        assertThat(template.references(template.document().get("Rules"))).containsExactly("CreateDatabase", "DatabaseUrl");
    }

    @Test
    void a_database_that_is_made_is_reached_by_the_functions_only_and_outlives_its_stack() {
        var database = template.resource("Database");

        assertThat(database).containsEntry("ManageMasterUserPassword", true).containsEntry("StorageEncrypted", true)
                .containsEntry("PubliclyAccessible", false).containsEntry("DeletionProtection", true)
                .doesNotContainKey("MasterUserPassword");
        assertThat(Template.at(template.document(), "Resources", "Database", "DeletionPolicy")).isEqualTo("Snapshot");
        assertThat(Template.list(template.resource("DatabaseSecurityGroup").get("SecurityGroupIngress"))).singleElement()
                .satisfies(rule -> assertThat(Template.map(rule))
                        .containsEntry("SourceSecurityGroupId", Map.of("!Ref", "FunctionsSecurityGroup"))
                        .doesNotContainKey("CidrIp"));
        // A database of one's own costs nothing of that.
        Template.map(template.document().get("Resources")).forEach((name, resource) -> {
            var type = String.valueOf(Template.at(resource, "Type"));
            if (type.startsWith("AWS::EC2::") || type.startsWith("AWS::RDS::")) {
                assertThat(Template.at(resource, "Condition")).as(name).isEqualTo("MakeDatabase");
            }
        });
    }

    @Test
    void functions_use_the_database_that_is_made() {
        set("CreateDatabase", "true");

        assertThat(template.environment("start-run", name -> name)).containsEntry("DATABASE_SECRET",
                "Database.MasterUserSecret.SecretArn").containsEntry("QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://Database.Endpoint.Address:Database.Endpoint.Port/openphone?sslmode=require");
        assertThat(template.resource("SecretsPolicy").toString()).contains("Database.MasterUserSecret.SecretArn");
        assertThat(String.valueOf(Template.at(template.document(), "Globals", "Function", "VpcConfig")))
                .startsWith("{!If=[MakeDatabase, {SubnetIds=[{!Ref=PrivateSubnetOne}, {!Ref=PrivateSubnetTwo}], "
                        + "SecurityGroupIds=[{!Ref=FunctionsSecurityGroup}]}");

        set("CertificateLayerArn", "layer");
        assertThat(template.environment("start-run", name -> name).get("QUARKUS_DATASOURCE_JDBC_URL"))
                .endsWith("/openphone?sslmode=verify-full&sslrootcert=/opt/database.pem");
    }

    private void set(String parameter, String value) {
        Template.map(Template.at(template.document(), "Parameters", parameter)).put("Default", value);
    }

    @Test
    void functions_beside_a_database_that_is_made_reach_openphone_through_its_nat_gateway() {
        for (var subnet : List.of("PrivateSubnetOneRoutes", "PrivateSubnetTwoRoutes")) {
            assertThat(resourceOf(template.resource(subnet).get("RouteTableId"))).isEqualTo("PrivateRoutes");
        }
        assertThat(template.resource("PrivateRoute")).containsEntry("RouteTableId", Map.of("!Ref", "PrivateRoutes"))
                .containsEntry("DestinationCidrBlock", "0.0.0.0/0").containsEntry("NatGatewayId", Map.of("!Ref", "NatGateway"));
        assertThat(resourceOf(template.resource("NatGateway").get("SubnetId"))).isEqualTo("PublicSubnet");
        assertThat(resourceOf(template.resource("PublicSubnetRoutes").get("RouteTableId"))).isEqualTo("PublicRoutes");
        assertThat(template.resource("PublicRoute")).containsEntry("RouteTableId", Map.of("!Ref", "PublicRoutes"))
                .containsEntry("GatewayId", Map.of("!Ref", "InternetGateway"));
    }

    @Test
    void a_stack_that_is_just_made_raises_no_alarm_and_one_that_falls_silent_does() {
        var alarm = template.resource("ReconciliationMissingAlarm");

        assertThat(alarm).containsEntry("TreatMissingData", "missing")
                .containsEntry("InsufficientDataActions", alarm.get("AlarmActions"))
                .containsEntry("Threshold", Map.of("!Ref", "ReconciliationHours"));
    }

    @Test
    void page_has_no_more_rights_than_it_uses() {
        assertThat(statements(template.resource("StatusPageRole")).flatMap(statement -> Template.list(statement.get("Action"))
                .stream()).map(String::valueOf))
                .containsExactlyInAnyOrder("logs:CreateLogStream", "logs:PutLogEvents", "sqs:GetQueueAttributes",
                        "sqs:SendMessage", "s3:GetObject", "s3:ListBucket", "secretsmanager:GetSecretValue",
                        "lambda:InvokeFunction");
    }

    @Test
    void only_those_whose_failures_are_kept_may_send_them() {
        var senders = new TreeSet<String>();
        template.resources("AWS::IAM::Role").forEach((name, role) -> {
            if (statements(role)
                    .anyMatch(statement -> String.valueOf(statement.get("Resource")).contains("InvocationDeadLetterQueue"))) {
                senders.add(name);
            }
        });

        assertThat(senders).containsExactly("SchedulerRole", "StartRunRole");
    }

    @Test
    void a_key_of_ones_own_is_used_through_secrets_manager_only() {
        assertThat(statements(template.resource("SecretsPolicy")).map(String::valueOf)
                .filter(statement -> statement.contains("kms:Decrypt")).toList())
                .singleElement().satisfies(statement -> assertThat(statement).startsWith("{!If=[HasSecretsKey")
                        .contains("kms:ViaService"));
        assertThat(template.resources("AWS::SecretsManager::Secret").values())
                .allMatch(secret -> String.valueOf(secret.get("KmsKeyId")).contains("SecretsKeyArn"));
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
                .hasSize(5).noneMatch(secret -> secret.containsKey("SecretString"));
        assertThat(template.functions().keySet()).allSatisfy(function -> assertThat(
                template.environment(function, reference -> reference)).doesNotContainKeys("OPENPHONE_API_KEY",
                        "QUARKUS_DATASOURCE_PASSWORD", "PAGE_USERS", "QUARKUS_HTTP_AUTH_SESSION_ENCRYPTION_KEY"));
        assertThat(template.document().toString()).doesNotContain("{{resolve:");
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

    @Test
    void costs_are_those_of_what_the_template_makes_and_add_up() throws IOException {
        var page = Files.readAllLines(Path.of("docs", "aws.md"));
        var first = page.stream().filter(line -> line.startsWith("| a month: keep-runs")).findFirst().orElseThrow();
        var total = page.stream().filter(line -> line.startsWith("| **a month**")).findFirst().orElseThrow();
        var monthly = page.subList(page.indexOf(first), page.indexOf(total));

        assertThat(monthly.stream().map(TemplateTest::dollars).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(dollars(total));
        var watched = template.resources("AWS::CloudWatch::Alarm").values().stream()
                .mapToLong(alarm -> Math.max(1, Template.list(alarm.get("Metrics")).stream()
                        .filter(metric -> Template.map(metric).containsKey("MetricStat")).count()))
                .sum();
        assertThat(monthly).anyMatch(row -> row.contains(watched + " watched metrics x $0.10"))
                .anyMatch(row -> row.contains(template.resources("AWS::SecretsManager::Secret").size() + " x $0.40"))
                .anyMatch(row -> row.contains("dashboard"));
    }

    /** Of parameters by their names, and what SAM asks of a function URL that is open: there, Enter ends the deployment. */
    @Test
    void the_guide_says_what_to_answer_where_enter_will_not_do() throws IOException {
        var page = Files.readAllLines(Path.of("docs", "aws.md"));
        var rows = page.stream().skip(page.indexOf("| question | answer |") + 2).takeWhile(line -> !line.isBlank()).toList();
        var names = rows.stream().map(row -> row.split(" \\| ", 2)[0])
                .flatMap(question -> Pattern.compile("`([A-Za-z]+)`").matcher(question).results())
                .map(name -> name.group(1)).toList();

        assertThat(Template.map(template.document().get("Parameters")).keySet()).containsAll(names);
        assertThat(names).contains("CreateDatabase", "DatabaseUrl", "DatabaseSecretArn", "SubnetIds", "SecurityGroupIds",
                "CertificateLayerArn", "KeySecretArn", "ImportConcurrency");
        assertThat(Template.at(template.functions().get("status-page"), "FunctionUrlConfig", "AuthType")).isEqualTo("NONE");
        assertThat(rows).anyMatch(
                row -> row.startsWith("| `StatusPageFunction Function Url has no authentication. Is this okay?` | **`y`**"));
    }

    /** A snapshot takes the ways along that could be gone when it was made. */
    @Test
    void the_guide_has_secrets_made_before_the_functions() throws IOException {
        assertThat(Files.readString(Path.of("docs", "aws.md"))).containsSubsequence(
                "aws secretsmanager create-secret --name openphone-import-key ", "sam deploy --guided ");
    }

    @Test
    void the_guide_has_commands_for_what_the_template_does_not_make_and_does_not_delete() throws IOException {
        assertThat(Files.readString(Path.of("docs", "aws.md"))).contains("aws lambda publish-layer-version ",
                "aws ec2 authorize-security-group-ingress ", "one that pools by session", "aws lambda get-account-settings ",
                "sam delete ", "aws rds modify-db-instance ", "aws lambda delete-layer-version ", "aws s3api delete-bucket ");
    }

    private static BigDecimal dollars(String row) {
        return new BigDecimal(row.substring(row.lastIndexOf('$') + 1).replaceAll("[^0-9.]", ""));
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
