package org.openphoneimport.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.function.BiConsumer;

import io.quarkus.bootstrap.app.ApplicationModelSerializer;
import io.quarkus.bootstrap.app.QuarkusBootstrap;

/**
 * The application of this build, packaged to run in a process of its own. As in AWS, no process knows when another one has
 * died: nobody voids the leases of those that came before, and keep-runs is invoked from outside.
 */
final class WorkerApplication {

    private static final Path TARGET = Path.of("target", "chaos").toAbsolutePath();

    private WorkerApplication() {
    }

    /** Where workers may leave their logs. */
    static Path directory() {
        return TARGET;
    }

    /** Builds it; the tests' own classes are not in it. */
    static Path build() {
        var classes = TARGET.resolve("classes");
        var settings = new Properties();
        settings.setProperty("quarkus.arc.exclude-types", "org.openphoneimport.local.LocalSchedule");
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
                    .setBuildSystemProperties(settings)
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
