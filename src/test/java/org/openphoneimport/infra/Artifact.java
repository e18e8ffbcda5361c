package org.openphoneimport.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.zip.ZipFile;

/**
 * A zip that is deployed, unpacked as Lambda does it.
 *
 * @param zip the one that {@code package} has made, or the one in {@code -Dfunction.zip=...}
 * @param task where its files are
 */
record Artifact(Path zip, Path task) {

    private static final String EXECUTABLE = "bootstrap";

    static Artifact unpack(Path folder) throws IOException {
        var artifact = new Artifact(Path.of(System.getProperty("function.zip", "target/function.zip")), folder.resolve("task"));
        forgetOtherArtifacts(folder);
        try (var zip = new ZipFile(artifact.zip().toFile())) {
            for (var entry : zip.stream().toList()) {
                var file = artifact.task().resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        if (artifact.isNative() && !artifact.executable().toFile().setExecutable(true)) {
            throw new IOException(artifact.executable() + " cannot be made executable");
        }
        return artifact;
    }

    private static void forgetOtherArtifacts(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Whether it is run by itself, without Java. */
    boolean isNative() {
        return Files.exists(executable());
    }

    Path executable() {
        return task.resolve(EXECUTABLE);
    }
}
