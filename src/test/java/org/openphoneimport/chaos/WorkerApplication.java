package org.openphoneimport.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.quarkus.bootstrap.app.ApplicationModelSerializer;
import io.quarkus.bootstrap.app.QuarkusBootstrap;

/** The application of this build with what {@code src/local} adds, packaged to run in a process of its own. */
public final class WorkerApplication {

    private static final Path TARGET = Path.of("target", "chaos").toAbsolutePath();

    private static @Nullable Path jar;

    private WorkerApplication() {
    }

    /** Settings under which it is as in AWS: no process voids the leases of those that came before, or invokes keep-runs. */
    static Map<String, String> asInAws() {
        return Map.of("local.alone", "false", "local.keep-every", "off", "local.reconcile-cron", "off");
    }

    /** Where workers may leave their logs. */
    static Path directory() {
        return TARGET;
    }

    /** Builds it at the first call; the tests' own classes are not in it. */
    public static synchronized Path jar() {
        jar = jar == null ? build() : jar;
        return jar;
    }

    private static Path build() {
        var classes = TARGET.resolve("classes");
        try {
            copy(Path.of("target", "classes"), classes);
            copy(Path.of("target", "test-classes", "org", "openphoneimport", "local"),
                    classes.resolve(Path.of("org", "openphoneimport", "local")));
            // The Maven plugin leaves it there before the tests are compiled.
            var model = ApplicationModelSerializer
                    .deserialize(Path.of("target", "quarkus", "bootstrap", "test-app-model.dat"));
            var bootstrap = QuarkusBootstrap.builder()
                    .setExistingModel(model)
                    .setApplicationRoot(classes)
                    .setProjectRoot(classes)
                    .setTargetDirectory(TARGET)
                    .setBaseName("worker")
                    .setMode(QuarkusBootstrap.Mode.PROD)
                    .setLocalProjectDiscovery(false)
                    .setIsolateDeployment(true)
                    .build();
            try (var application = bootstrap.bootstrap()) {
                // Only the jar: the Lambda artifact, which is not needed here, would take as long again.
                application.createAugmentor().performCustomBuild(Nothing.class.getName(), TARGET,
                        "io.quarkus.deployment.pkg.builditem.JarBuildItem");
            }
        } catch (Exception e) {
            throw new IllegalStateException("Failed to package the application: " + e, e);
        }
        return TARGET.resolve("worker-runner.jar");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** What is done with the result of the build, which lies in its directory. */
    public static final class Nothing implements BiConsumer<Object, Object> {

        @Override
        public void accept(Object context, Object result) {
            // It was built for its own sake.
        }
    }
}
