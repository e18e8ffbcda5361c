package org.openphoneimport.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** {@link ServedWorkspace}, from outside. */
final class Server implements AutoCloseable {

    // Enough for the server's code to be compiled; else the first tool would pay for it.
    private static final int WARMING = 6000;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final String url;
    private final String mediaUrl;
    private final String key;

    private Server(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        var address = line().split(" ", -1);
        this.url = address[0];
        this.mediaUrl = address[1];
        this.key = address[2];
    }

    /** What a tool has asked. */
    record Figures(long requests, long refused, double seconds, long busiestSecond) {
    }

    static Server start(BenchSettings settings) throws IOException {
        return new Server(new ProcessBuilder(List.of(Jvm.command(), "-cp", System.getProperty("java.class.path"),
                ServedWorkspace.class.getName(), Integer.toString(settings.conversations()), Long.toString(settings.seed()),
                Double.toString(settings.rate()), Integer.toString(settings.latency()))).redirectError(Redirect.INHERIT)
                .start());
    }

    String url() {
        return url;
    }

    String key() {
        return key;
    }

    String mediaHost() {
        return URI.create(mediaUrl).getAuthority();
    }

    void warm() {
        try (var client = HttpClient.newHttpClient()) {
            var v1 = URI.create(url + "/v1/conversations?maxResults=1");
            var dated = URI.create(url + "/conversations?limit=1");
            IntStream.range(0, WARMING).parallel().forEach(number -> ask(client, number % 2 == 0 ? v1 : dated));
        }
    }

    private void ask(HttpClient client, URI address) {
        try {
            client.send(HttpRequest.newBuilder(address).header("Authorization", key)
                    .header("Quo-Api-Version", "2026-03-30").build(), BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException("The sample workspace does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void forget() throws IOException {
        tell("reset");
    }

    Figures figures() throws IOException {
        var figures = tell("figures").split(" ", -1);
        return new Figures(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]) / 1000.0,
                Long.parseLong(figures[3]));
    }

    private String tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return line();
    }

    private String line() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("The sample workspace has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.destroy();
    }
}
