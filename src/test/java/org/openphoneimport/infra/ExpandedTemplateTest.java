package org.openphoneimport.infra;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import static org.assertj.core.api.Assertions.assertThat;

/** What only the expanded template tells: which versions are published, and who invokes what. */
@BesideOthers
class ExpandedTemplateTest {

    private static final Map<String, String> AS_IT_IS = Map.of();

    @Test
    @Thorough
    void other_settings_replace_the_version_of_every_function() throws Exception {
        var before = settings(ExpandedTemplate.of("code", AS_IT_IS));

        for (var changed : List.of(Map.of("OpenPhoneRate", "5"),
                Map.of("DatabaseUrl", "jdbc:postgresql://other/db?sslmode=require"),
                Map.of("CertificateLayerArn", "arn:aws:lambda:us-east-1:123456789012:layer:database-certificate:2"),
                Map.of("OpenPhoneApi", "v1"), Map.of("Revision", "2"))) {
            var after = ExpandedTemplate.of("code", changed);

            // CloudFormation replaces the policy, whose description cannot change, and so each version that is described by its name.
            assertThat(settings(after)).as("%s", changed).isNotEqualTo(before);
            for (var type : List.of("AWS::Lambda::Version", "AWS::Lambda::Function")) {
                assertThat(after.resources(type).values()).hasSize(5).allSatisfy(
                        described -> assertThat(described.at("/Description/Ref").asText()).isEqualTo("Settings"));
            }
        }
    }

    @Test
    @Landing
    void other_code_publishes_a_version_of_every_function_and_the_same_code_none() throws Exception {
        var before = versions(ExpandedTemplate.of("code", AS_IT_IS));

        assertThat(versions(ExpandedTemplate.of("code", AS_IT_IS))).isEqualTo(before);
        assertThat(versions(ExpandedTemplate.of("other code", AS_IT_IS))).hasSize(5).doesNotContainAnyElementsOf(before);
    }

    @Test
    void all_callers_use_the_alias_which_is_the_newest_version() throws Exception {
        var template = ExpandedTemplate.of("code", AS_IT_IS);
        var aliases = template.resources("AWS::Lambda::Alias");

        assertThat(aliases.values()).hasSize(5).allSatisfy(alias -> assertThat(versions(template))
                .contains(alias.at("/FunctionVersion/Fn::GetAtt/0").asText()));
        assertThat(template.resources("AWS::Lambda::EventSourceMapping").values()).hasSize(2)
                .allSatisfy(mapping -> assertThat(aliases).containsKey(mapping.at("/FunctionName/Ref").asText()));
        assertThat(template.resources("AWS::Lambda::Url").values()).hasSize(1)
                .allSatisfy(url -> assertThat(aliases).containsKey(url.at("/TargetFunctionArn/Ref").asText()));
        assertThat(template.resources("AWS::Scheduler::Schedule").values()).hasSize(2)
                .allSatisfy(schedule -> assertThat(aliases).containsKey(schedule.at("/Target/Arn/Ref").asText()));
    }

    @Test
    void functions_that_send_to_what_invokes_them_are_not_stopped() throws Exception {
        var allowed = new TreeSet<String>();
        ExpandedTemplate.of("code", AS_IT_IS).resources("AWS::Lambda::Function").forEach((name, function) -> {
            if (function.path("RecursiveLoop").asText().equals("Allow")) {
                allowed.add(name);
            }
        });

        assertThat(allowed).isEqualTo(
                Set.of("StartRunFunction", "ImportBatchFunction", "DownloadMediaFunction", "KeepRunsFunction"));
    }

    private static String settings(ExpandedTemplate template) {
        var description = template.resource("Settings").at("/Description/Fn::Sub/0").asText();
        for (var parameter : template.document().path("Parameters").properties()) {
            description = description.replace("${" + parameter.getKey() + "}",
                    template.parameter(parameter.getKey()).orElseThrow());
        }
        return description;
    }

    private static Set<String> versions(ExpandedTemplate template) {
        return template.resources("AWS::Lambda::Version").keySet();
    }
}
