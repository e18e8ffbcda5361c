package org.openphoneimport.infra;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Nothing is deployed whose flaws are known, as far as the list beside this tells. */
class LeastVersionsIT {

    private static final String LIST = "least-versions.txt";

    /**
     * @param library as its jar is called in the artifact
     * @param least the oldest version that will do
     * @param end the first that will not, or {@code -}
     */
    record Line(String library, String least, String end, String reason) {

        static Line read(String line) {
            var words = line.split(" ", 4);
            return new Line(words[0], words[1], words[2], words[3]);
        }

        boolean accepts(Version version) {
            return version.compareTo(Version.parse(least)) >= 0
                    && (end.equals("-") || version.compareTo(Version.parse(end)) < 0);
        }
    }

    static List<Line> lines() throws IOException {
        try (var in = LeastVersionsIT.class.getResourceAsStream(LIST)) {
            return new String(Objects.requireNonNull(in, LIST).readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(Line::read).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void no_library_is_older_than_its_fixes(Line line) throws IOException {
        try (var zip = new ZipFile(System.getProperty("function.zip", "target/function.zip"))) {
            if (zip.getEntry("bootstrap") != null) {
                return;
            }
            var prefix = "lib/" + line.library() + "-";
            var version = zip.stream().map(ZipEntry::getName).filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()).replaceFirst("\\.jar$", ""))
                    .filter(name -> Character.isDigit(name.charAt(0))).findFirst()
                    .orElseGet(() -> fail("%s is not deployed any more: take it off %s", line.library(), LIST));

            assertThat(line.accepts(Version.parse(version))).as("%s %s: %s", line.library(), version, line.reason()).isTrue();
        }
    }
}
