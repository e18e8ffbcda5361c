package org.openphoneimport.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.openphoneimport.local.sample.SampleServer;
import org.openphoneimport.local.sample.SampleSettings;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.LoggedRequest;

/** The sample workspace in a process of its own, so that its work is not counted as that of a tool. It obeys its input. */
final class ServedWorkspace {

    private ServedWorkspace() {
    }

    /** Takes conversations, seed, rate and latency in ms; prints its two addresses and its key. */
    public static void main(String[] arguments) throws IOException {
        var settings = SampleSettings.defaults().withConversations(Integer.parseInt(arguments[0]))
                .withSeed(Long.parseLong(arguments[1])).withRate(Double.parseDouble(arguments[2]));
        var latency = Duration.ofMillis(Long.parseLong(arguments[3]));
        try (var server = SampleServer.start(settings);
                var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (latency.isPositive()) {
                server.intercept(request -> Fault.delayed(latency));
            }
            System.out.println(server.baseUrl() + " " + server.mediaBaseUrl() + " " + server.apiKey());
            for (var command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(obey(command, server));
            }
        }
    }

    private static String obey(String command, SampleServer server) {
        return switch (command) {
            case "reset" -> {
                server.requests().reset();
                yield "ok";
            }
            case "figures" -> figures(server);
            default -> throw new IllegalArgumentException(command);
        };
    }

    /** Requests, how many of them were refused with 429, ms between the first and the last, and the busiest second. */
    private static String figures(SampleServer server) {
        var requests = server.requests().all();
        long first = requests.isEmpty() ? 0 : requests.getFirst().nanos();
        long span = requests.stream().mapToLong(LoggedRequest::nanos).map(at -> at - first).max().orElse(0);
        return requests.size() + " " + server.requests().countStatus(429) + " " + span / 1_000_000 + " "
                + server.requests().busiestSecond();
    }
}
