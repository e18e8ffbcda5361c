import module java.base;

/**
 * Says what to install where nothing is found that builds a native executable. It looks where Quarkus will; Quarkus itself ends
 * the build, once the sources are written, with an exception that names none of this.
 */
void main() throws IOException, InterruptedException {
    if (homes().anyMatch(this::builds) || runs("docker") || runs("podman")) {
        return;
    }
    System.err.println("""

            Nothing is here to build a native executable with. Install one of these, and try again:
              - GraalVM or Mandrel for JDK 25, with GRAALVM_HOME set to it: builds for the machine it runs on
              - Docker or Podman, running: Quarkus then builds in Mandrel's container
            docs/native.md says what else it takes. The sources are written now, then the build fails.
            """);
}

/** Directories in which native-image may be. */
Stream<Path> homes() {
    var homes = Stream.of("GRAALVM_HOME", "JAVA_HOME").map(System::getenv).filter(Objects::nonNull)
            .map(home -> Path.of(home, "bin"));
    var path = Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)).map(Path::of);
    return Stream.concat(homes, path);
}

boolean builds(Path directory) {
    return Stream.of("native-image", "native-image.cmd", "native-image.exe").map(directory::resolve).anyMatch(Files::isExecutable);
}

/** Whether there is a container runtime, with its service. */
boolean runs(String command) throws InterruptedException {
    try {
        var info = new ProcessBuilder(command, "info").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return info.waitFor(20, TimeUnit.SECONDS) && info.exitValue() == 0;
    } catch (IOException e) {
        return false;
    }
}
