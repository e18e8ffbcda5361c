package org.openphoneimport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.openphoneimport.architecture.ApplicationClasses;
import org.openphoneimport.testsupport.BesideOthers;

import com.tngtech.archunit.core.domain.JavaClass;

import io.smallrye.config.ConfigMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** A setting with a wrong name does nothing, which nothing else would tell. */
@BesideOthers
class UnknownSettingsTest {

    private static final Set<Class<?>> MAPPINGS = ApplicationClasses.ALL.stream()
            .filter(each -> each.isAnnotatedWith(ConfigMapping.class)).map(JavaClass::reflect).collect(Collectors.toSet());

    @Test
    void misspelt_settings_are_named_each_with_the_one_that_may_be_meant() {
        assertThat(UnknownSettings.sentence(MAPPINGS, List.of("PATH", "OPENPHONE_RATEE", "IMPORT_WORKER", "PAGE_USER",
                "OPENPHONE_RATE", "SAMPLE_SIZE", "SAMPLE_SEEDS"))).contains("Ignored, since there are no such settings: "
                        + "IMPORT_WORKER (do you mean IMPORT_WORKERS?), OPENPHONE_RATEE (do you mean OPENPHONE_RATE?), "
                        + "PAGE_USER (do you mean PAGE_USERS?), SAMPLE_SEEDS (do you mean SAMPLE_SEED?), SAMPLE_SIZE");
    }

    @Test
    void what_others_have_set_is_not_named() {
        assertThat(
                UnknownSettings.sentence(MAPPINGS,
                        List.of("HOME", "NOTIFY_SOCKET", "PAGE_USERS_0_", "QUARKUS_HTTP_PORT", "DATABASE_URL", "_")))
                .isEmpty();
    }

    @Test
    void all_settings_of_the_documentation_are_known() throws IOException {
        var documented = Pattern.compile("`([A-Z]+_[A-Z_]+)`").matcher(Files.readString(Path.of("docs/configuration.md")))
                .results().map((MatchResult found) -> found.group(1)).toList();

        assertThat(documented).contains("OPENPHONE_API_KEY", "LOCAL_DIRECTORY", "DIRECTORY_NOTES");
        assertThat(UnknownSettings.sentence(MAPPINGS, documented)).isEmpty();
    }
}
