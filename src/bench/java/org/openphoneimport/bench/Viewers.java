package org.openphoneimport.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** People with a page open: each browser asks again a second after it asked. */
final class Viewers {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final HttpClient client;
    private final URI site;

    Viewers(HttpClient client, URI site) {
        this.client = client;
        this.site = site;
    }

    /** Lets so many watch for so long; returns the ms of each answer, see {@link Latency#of}. */
    List<Double> watch(int viewers, Duration time, String path) throws InterruptedException {
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var millis = new ArrayList<Double>();
            for (var viewer : threads.invokeAll(IntStream.range(0, viewers).mapToObj(number -> watch(
                    begin + EVERY.toNanos() * number / viewers, begin + time.toNanos(), path)).toList())) {
                millis.addAll(viewer.get());
            }
            return millis;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A viewer had no answer: " + e.getCause(), e);
        }
    }

    private Callable<List<Double>> watch(long from, long end, String path) {
        return () -> {
            var millis = new ArrayList<Double>();
            for (long next = from; next < end; next += EVERY.toNanos()) {
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                millis.add(ask(path));
            }
            return millis;
        };
    }

    /** Asks for one page after the other; returns the ms of each answer, see {@link Latency#of}. */
    List<Double> ask(List<String> paths) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        for (var path : paths) {
            millis.add(ask(path));
        }
        return millis;
    }

    private double ask(String path) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var answer = client.send(HttpRequest.newBuilder(site.resolve(path)).build(), BodyHandlers.ofString());
        double took = (System.nanoTime() - began) / 1e6;
        return answer.statusCode() == 200 ? took : -took;
    }
}
