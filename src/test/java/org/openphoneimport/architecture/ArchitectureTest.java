package org.openphoneimport.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

import org.eclipse.microprofile.faulttolerance.Retry;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.smallrye.config.ConfigMapping;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules of the house, as far as they can be told from classes. */
@BesideOthers
class ArchitectureTest {

    private static final String ROOT = "org.openphoneimport";

    /** From left to right, as in the root's package-info: a package may use those of later ranks. */
    private static final List<Set<String>> ORDER = List.of(
            Set.of("page", "inbox", "api"),
            Set.of("frame"),
            Set.of("access"),
            Set.of("thread", "proof"),
            Set.of("status"),
            Set.of("keep", "pace", "prospect"),
            Set.of("start"),
            Set.of("listing", "verification"),
            Set.of("batch"),
            Set.of("reading", "checklist"),
            Set.of("run"),
            Set.of("conversation", "message", "call", "media", "directory"),
            Set.of("activity", "notice", "openphone"),
            Set.of("document"),
            Set.of("invocation"),
            Set.of("secret"),
            Set.of("queue", "database", "time"));

    private static final long MOST_CLASSES = 40;

    @Test
    void packages_use_only_those_to_their_right() {
        classes().should(useOnlyPackagesToTheRight()).check(ApplicationClasses.ALL);
    }

    @Test
    void packages_form_no_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ApplicationClasses.ALL);
    }

    @Test
    void every_package_has_its_place_in_the_order() {
        classes().that().resideOutsideOfPackage(ROOT)
                .should().resideInAnyPackage(ORDER.stream().flatMap(Set::stream).map(name -> ROOT + "." + name).toArray(
                        String[]::new))
                .check(ApplicationClasses.ALL);
    }

    @Test
    void no_package_is_a_drawer_for_anything() {
        noClasses().should().resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..dto..",
                "..model..", "..service..", "..services..", "..impl..").check(ApplicationClasses.ALL);
    }

    @Test
    void no_package_is_larger_than_can_be_looked_over() {
        var sizes = ApplicationClasses.ALL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes.entrySet()).isNotEmpty().allSatisfy(size -> assertThat(size.getValue())
                .as(size.getKey()).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @Test
    void every_package_is_null_marked() {
        classes().should(new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        }).check(ApplicationClasses.ALL);
    }

    @Test
    void only_batch_and_media_touch_the_queue() {
        noClasses().that().resideOutsideOfPackages(ROOT + ".batch..", ROOT + ".media..", ROOT + ".queue..")
                .should().dependOnClassesThat().resideInAPackage("software.amazon.awssdk.services.sqs..")
                .check(ApplicationClasses.ALL);
    }

    @Test
    void only_openphone_media_and_notice_send_http_requests() {
        noClasses().that().resideOutsideOfPackages(ROOT + ".openphone..", ROOT + ".media..")
                .and(not(named(ROOT + ".notice.Webhook")))
                // Asks this very application, over loopback.
                .and(not(named(ROOT + ".access.Loopback")))
                .should().dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs.client..", "java.net.http..",
                        "org.apache.hc..", "org.eclipse.microprofile.rest.client..", "io.quarkus.rest.client..",
                        "io.vertx.ext.web.client..")
                        .or(named("io.vertx.core.http.HttpClient", "java.net.URLConnection", "java.net.HttpURLConnection",
                                "java.net.URL", "java.net.Socket")))
                .check(ApplicationClasses.ALL);
    }

    @Test
    @Landing
    void only_handlers_touch_lambda() {
        noClasses().that().haveSimpleNameNotEndingWith("Handler")
                .should().dependOnClassesThat().resideInAPackage("com.amazonaws..")
                .check(ApplicationClasses.ALL);
    }

    @Test
    void only_openphone_knows_how_requests_are_spaced_and_sent() {
        classes().that(named(ROOT + ".openphone.RateLimiter", ROOT + ".openphone.RequestSlots", ROOT + ".openphone.Requests",
                ROOT + ".openphone.Gateway", ROOT + ".openphone.OpenPhoneApi", ROOT + ".openphone.PromptApi",
                ROOT + ".openphone.WebhookApi"))
                .should().bePackagePrivate().andShould().onlyBeAccessed().byAnyPackage(ROOT + ".openphone")
                .check(ApplicationClasses.ALL);
    }

    @Test
    void only_the_gateway_sends_requests_and_only_behind_the_limiter() {
        classes().that(named(ROOT + ".openphone.OpenPhoneApi")).should().onlyBeAccessed()
                .byClassesThat(named(ROOT + ".openphone.Gateway")).check(ApplicationClasses.ALL);
        classes().that(named(ROOT + ".openphone.PromptApi")).should().onlyBeAccessed()
                .byClassesThat(named(ROOT + ".openphone.Gateway", ROOT + ".openphone.PromptApi")).check(ApplicationClasses.ALL);
        classes().that(named(ROOT + ".openphone.WebhookApi")).should().onlyBeAccessed()
                .byClassesThat(named(ROOT + ".openphone.Webhooks")).check(ApplicationClasses.ALL);
        classes().that(named(ROOT + ".openphone.Gateway")).should().onlyBeAccessed()
                .byClassesThat(named(ROOT + ".openphone.Requests", ROOT + ".openphone.Gateway")).check(ApplicationClasses.ALL);
    }

    @Test
    void handlers_and_resources_hold_no_sql_and_no_retry() {
        noClasses().that().haveSimpleNameEndingWith("Handler").or().haveSimpleNameEndingWith("Resource")
                .should().dependOnClassesThat().areAssignableTo(EntityManager.class)
                .orShould().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..")
                .orShould().dependOnClassesThat().areAssignableTo(Retry.class)
                .check(ApplicationClasses.ALL);
    }

    @Test
    void rows_of_native_queries_come_back_as_records() throws IOException {
        noClasses().should().dependOnClassesThat().areAssignableTo(Tuple.class).check(ApplicationClasses.ALL);
        try (var files = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty().allSatisfy(file -> assertThat(file).content().doesNotContain("Object[]"));
        }
    }

    @Test
    void pages_and_api_read_tables_through_packages_to_their_right() {
        noClasses().that().resideInAnyPackage(ROOT + ".page", ROOT + ".inbox", ROOT + ".frame", ROOT + ".api")
                .should().dependOnClassesThat().areAssignableTo(EntityManager.class)
                .orShould().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..")
                .check(ApplicationClasses.ALL);
    }

    @Test
    void suffixes_say_what_a_class_is() {
        classes().that().areAnnotatedWith(jakarta.ws.rs.Path.class)
                .and(not(named(ROOT + ".openphone.OpenPhoneApi", ROOT + ".openphone.WebhookApi")))
                .should().haveSimpleNameEndingWith("Resource").allowEmptyShould(true).check(ApplicationClasses.ALL);
        classes().that().implement(RequestHandler.class).should().haveSimpleNameEndingWith("Handler")
                .check(ApplicationClasses.ALL);
        classes().that().areAnnotatedWith(ConfigMapping.class).should().haveSimpleNameEndingWith("Config")
                .check(ApplicationClasses.ALL);
        classes().that().areAssignableTo(Throwable.class).and().areTopLevelClasses()
                .should().haveSimpleNameEndingWith("Exception").check(ApplicationClasses.ALL);
    }

    @Test
    void dependencies_come_through_constructors() {
        noFields().should().beAnnotatedWith(Inject.class).check(ApplicationClasses.ALL);
    }

    /** It would wait for rows that the first holds, and beans are intercepted when they call themselves, too. */
    @Test
    void no_transaction_begins_another() {
        methods().that(begin(TxType.REQUIRES_NEW)).and().areNotPrivate()
                .should(new ArchCondition<>("not be called within a transaction") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        method.getCallsOfSelf().stream().filter(call -> call.getOrigin() instanceof JavaMethod origin
                                && begin(TxType.REQUIRED).or(begin(TxType.REQUIRES_NEW)).or(begin(TxType.MANDATORY))
                                        .test(origin))
                                .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
                    }
                }).check(ApplicationClasses.ALL);
    }

    private static DescribedPredicate<JavaMethod> begin(TxType type) {
        return DescribedPredicate.describe("begin " + type, method -> method.tryGetAnnotationOfType(Transactional.class)
                .or(() -> method.getOwner().tryGetAnnotationOfType(Transactional.class))
                .map(Transactional::value).filter(type::equals).isPresent());
    }

    @Test
    void the_time_comes_from_the_injected_clock() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".time")
                .should().callMethod(Instant.class, "now")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(Clock.class, "systemUTC")
                .check(ApplicationClasses.ALL);
    }

    private static ArchCondition<JavaClass> useOnlyPackagesToTheRight() {
        return new ArchCondition<>("use only packages to their right") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int own = rank(type.getPackageName());
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(dependency -> !dependency.getTargetClass().getPackageName().equals(type.getPackageName()))
                        .filter(dependency -> rank(dependency.getTargetClass().getPackageName()) <= own)
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    /** Where a package stands; the root, which nobody may use, at the very left. */
    private static int rank(String packageName) {
        for (int rank = 0; rank < ORDER.size(); rank++) {
            if (ORDER.get(rank).contains(packageName.replace(ROOT + ".", ""))) {
                return rank;
            }
        }
        return -1;
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return DescribedPredicate.describe("are " + String.join(", ", names), type -> Set.of(names).contains(type.getName()));
    }
}
