package org.openphoneimport.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Python of its own with what the other tools need. */
record Python(Path command) {

    private static final List<String> NAMES = List.of("python3", "python");

    /** Makes it, where there is a Python and the packages can be installed. */
    static Optional<Python> prepare(BenchSettings settings) throws IOException, InterruptedException {
        var folder = settings.results().resolve("venv");
        var command = Files.isDirectory(folder.resolve("Scripts")) ? folder.resolve("Scripts/python.exe")
                : folder.resolve("bin/python");
        boolean made = Files.exists(command);
        for (var name : NAMES) {
            made = made || succeeds(settings, name, "-m", "venv", folder.toString());
        }
        return made && succeeds(settings, command.toString(), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r",
                settings.scripts().resolve("requirements.txt").toString()) ? Optional.of(new Python(command))
                        : Optional.empty();
    }

    private static boolean succeeds(BenchSettings settings, String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(settings.results().resolve("python.log").toFile())).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            // There is none of this name.
            return false;
        }
    }
}
