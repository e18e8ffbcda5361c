package org.openphoneimport.infra;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.openphoneimport.testsupport.Answer;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;

/** A function's process as AWS starts it: the executable in the artifact, else its classes under the runtime's own client. */
final class LambdaProcess implements AutoCloseable {

    private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    private static final String NATIVE_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final Process process;
    private final RuntimeApi api;
    private final Path log;

    private LambdaProcess(Process process, RuntimeApi api, Path log) {
        this.process = process;
        this.api = api;
        this.log = log;
    }

    /**
     * @param files the beginning of the names of files that belong to the process
     */
    static LambdaProcess start(Artifact artifact, Path files, Map<String, String> environment) {
        try {
            var api = RuntimeApi.start();
            var log = files.resolveSibling(files.getFileName() + ".log");
            var builder = new ProcessBuilder(artifact.isNative() ? List.of(artifact.executable().toString()) : java(files))
                    .directory(artifact.task().toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().retainAll(List.of("PATH", "TMPDIR", "LANG"));
            builder.environment().putAll(environment);
            builder.environment().putAll(Map.of(
                    "_HANDLER", HANDLER,
                    "LAMBDA_TASK_ROOT", artifact.task().toString(),
                    "AWS_LAMBDA_RUNTIME_API", api.address(),
                    "AWS_LAMBDA_FUNCTION_NAME", "tested",
                    "AWS_LAMBDA_FUNCTION_VERSION", "1",
                    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024"));
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var _ = process.onExit().thenRun(api::processEnded);
            return new LambdaProcess(process, api, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start a function: " + e.getMessage(), e);
        }
    }

    private static List<String> java(Path files) throws IOException {
        var runtime = List.of(AWSLambda.class, RequestHandler.class, PojoSerializer.class).stream()
                .map(LambdaProcess::place).distinct().collect(Collectors.joining(File.pathSeparator));
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "-D" + NATIVE_CLIENT + "=" + nativeClient(files), "-cp", runtime, AWSLambda.class.getName(), HANDLER);
    }

    /** A copy of its own: by itself the client unpacks it to a place that all processes of a machine share. */
    private static Path nativeClient(Path files) throws IOException {
        var copy = files.resolveSibling(files.getFileName() + ".so");
        var architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        try (var in = AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + architecture + ".so")) {
            Files.write(copy, Objects.requireNonNull(in).readAllBytes());
        }
        return copy;
    }

    private static String place(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    void awaitReady() {
        try {
            api.awaitReady();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
    }

    /** Lets the process go on that was made a snapshot of. */
    void restore() {
        api.restore();
    }

    Answer invoke(String event) {
        try {
            return api.invoke(event);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
    }

    /** As Lambda does between invocations: nothing in the process goes on. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** CPU seconds that it has used so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    }

    /** The most memory that it has had so far, in bytes. */
    long peakMemory() {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            var peak = lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return 1024 * Long.parseLong(peak.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of the log that are JSON, as all but those of the JVM are. */
    List<String> lines() {
        return Arrays.stream(log().split("\n")).filter(line -> line.startsWith("{")).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
    }
}
