package org.openphoneimport.infra;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

import org.openphoneimport.local.sample.http.Json;

/**
 * The class path that a native executable is built from: the application's jar, with what Quarkus has generated, and
 * {@code lib}
 * beside it. Quarkus writes the same one for the JVM's artifact.
 */
record PackagedClasses(Path folder) {

    private static final Pattern MISSING = Pattern.compile("\\s+\\S+\\s+->\\s+(\\S+)\\s+not found");

    /** The one that {@code package} has just written, or the one in {@code -Dnative.sources=...}. */
    static PackagedClasses read() {
        return new PackagedClasses(Path.of(System.getProperty("native.sources", "target")));
    }

    /** The application's own. */
    Path jar() {
        return jars(folder, "-runner.jar").getFirst();
    }

    private static List<Path> jars(Path folder, String ending) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes that a native executable will know by name. */
    Set<String> registered() {
        try (var jar = new ZipFile(jar().toFile());
                var in = jar.getInputStream(jar.getEntry("META-INF/native-image/reflect-config.json"))) {
            return names(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(byte[] registrations) {
        var names = new TreeSet<String>();
        Json.read(registrations).forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }

    /** A class that is not there, and the jar that names it, without its version. */
    record Missing(String type, String namedBy) {
    }

    /** Whatever can be reached from the application by classes that name each other, and is not there. */
    Set<Missing> missing() {
        var missing = new TreeSet<Missing>((one, other) -> one.toString().compareTo(other.toString()));
        var jar = "";
        for (var line : jdeps().lines().toList()) {
            var match = MISSING.matcher(line);
            if (match.matches()) {
                missing.add(new Missing(match.group(1), jar));
            } else {
                jar = line.replaceFirst("(-\\d.*)? -> .*", "");
            }
        }
        return missing;
    }

    private String jdeps() {
        var classPath = jars(folder.resolve("lib"), ".jar").stream().map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        var out = new StringWriter();
        var errors = new StringWriter();
        int end = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(errors),
                "--multi-release", String.valueOf(Runtime.version().feature()), "--missing-deps", "--recursive",
                "--class-path", classPath, jar().toString());
        if (end != 0) {
            throw new IllegalStateException("jdeps failed: " + out + errors);
        }
        return out.toString();
    }
}
