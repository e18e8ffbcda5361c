package org.openphoneimport.testsupport;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openphoneimport.local.sample.http.Json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The AWS command line interface, version 2, as an operator uses it against an application on one machine.
 *
 * @param command where it is
 */
public record AwsCli(Path command) {

    /** It, wherever it is installed; an {@code aws} of version 1 may stand before it on the path. */
    public static Optional<AwsCli> find() {
        var path = System.getenv().getOrDefault("PATH", "").split(":");
        return Stream.concat(Stream.of("/usr/bin", "/usr/local/bin"), Stream.of(path))
                .map(directory -> Path.of(directory, "aws"))
                .filter(Files::isExecutable)
                .filter(command -> run(List.of(command.toString(), "--version")).output().startsWith("aws-cli/2."))
                .map(AwsCli::new)
                .findFirst();
    }

    /**
     * {@code aws lambda invoke}.
     *
     * @return the function's answer
     */
    public JsonNode invoke(URI application, String function, String payload) throws IOException {
        var answer = Files.createTempFile("answer", ".json");
        try {
            var result = run(List.of(command.toString(), "lambda", "invoke",
                    "--endpoint-url", application.toString(),
                    "--function-name", function,
                    "--cli-binary-format", "raw-in-base64-out",
                    "--payload", payload,
                    answer.toString()));
            if (result.status() != 0) {
                throw new AssertionError("aws lambda invoke ended with " + result);
            }
            return Json.read(Files.readAllBytes(answer));
        } finally {
            Files.delete(answer);
        }
    }

    private static Result run(List<String> words) {
        var builder = new ProcessBuilder(new ArrayList<>(words)).redirectErrorStream(true);
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.environment().put("AWS_ACCESS_KEY_ID", "local");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        try {
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "no end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }

    private record Result(int status, String output) {
    }
}
