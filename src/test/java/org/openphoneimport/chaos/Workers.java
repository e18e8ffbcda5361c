package org.openphoneimport.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.local.sample.http.SampleRequest;
import org.openphoneimport.testsupport.Pause;

/**
 * The processes of an application. One that dies is followed by another, and keep-runs is invoked every so often, as AWS would
 * do it.
 */
final class Workers {

    private static final String AGENT = "quarkus.rest-client.openphone.user-agent";
    private static final String NAME = "openphone-import/1.0 worker ";

    private final Path application;
    private final Map<String, String> settings;
    private final Map<String, String> environment;
    private final CompletableFuture<Void> rehearsal;
    private final AtomicInteger starts = new AtomicInteger();
    private final List<@Nullable Worker> workers = new CopyOnWriteArrayList<>();
    private volatile Conditions conditions = new Conditions(0, Duration.ofSeconds(1), Duration.ZERO, Map.of());
    private volatile boolean supervised;

    /** @param spare a queue that nothing is sent to, for the rehearsal, which goes on beside the first workers */
    Workers(Path application, Map<String, String> settings, Map<String, String> environment, String spare) {
        this.application = application;
        this.settings = settings;
        this.environment = environment;
        var rehearsed = new TreeMap<>(settings);
        rehearsed.put("import.queue-url", spare);
        rehearsed.put("media.queue-url", spare);
        this.rehearsal = CompletableFuture.runAsync(() -> Worker.rehearse(application, rehearsed, environment),
                Thread.ofPlatform().daemon().name("rehearsal")::start);
        Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
        Thread.ofPlatform().daemon().name("keep-runs").start(this::keep);
    }

    /** Brings them under these conditions; returns false when they were there already. */
    synchronized boolean change(Conditions wanted) {
        if (supervised && wanted.equals(conditions)) {
            return false;
        }
        rest();
        workers.clear();
        conditions = wanted;
        for (int i = 0; i < wanted.processes(); i++) {
            workers.add(null);
        }
        supervised = true;
        return true;
    }

    /** Waits until so many are up. */
    void awaitUp(int count) {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!areUp(count)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The workers do not start; see " + WorkerApplication.directory());
            }
            Pause.millis(30);
        }
    }

    /** Waits until the rehearsal has ended: it needs what a test may take away. */
    void awaitRehearsal() {
        rehearsal.join();
    }

    /** Throws when the rehearsal has failed, even if they are: they would be slow to start, and nobody would know why. */
    private boolean areUp(int count) {
        if (rehearsal.isCompletedExceptionally()) {
            rehearsal.join();
        }
        return workers.stream().filter(Objects::nonNull).filter(Worker::isUp).count() >= count;
    }

    /** Which of them sent a request to OpenPhone. */
    static int senderOf(SampleRequest request) {
        return Integer.parseInt(request.header("User-Agent").orElseThrow().substring(NAME.length()));
    }

    /** SIGSTOP for one of them, and after that time SIGCONT: it goes on as if nothing had happened. */
    void freeze(int which, Duration time) {
        var worker = workers.get(which);
        if (worker != null && worker.isAlive()) {
            worker.signal("STOP");
            Thread.startVirtualThread(() -> {
                Pause.millis(time.toMillis());
                worker.signal("CONT");
            });
        }
    }

    /** SIGKILL for one of them; another one follows. */
    void kill(int which) {
        var worker = workers.get(which);
        if (worker != null) {
            worker.kill();
        }
    }

    /** SIGKILL for all of them. */
    void killAll() {
        workers.stream().filter(Objects::nonNull).forEach(Worker::kill);
    }

    /** Ends them for good. */
    synchronized void rest() {
        supervised = false;
        killAll();
    }

    /** One that takes requests. */
    Worker up() throws IOException {
        return workers.stream().filter(Objects::nonNull).filter(Worker::isUp).findFirst()
                .orElseThrow(() -> new IOException("No worker is up"));
    }

    int starts() {
        return starts.get();
    }

    void countStartsAnew() {
        starts.set(0);
    }

    private void supervise() {
        while (true) {
            Pause.millis(30);
            synchronized (this) {
                for (int i = 0; supervised && i < workers.size(); i++) {
                    var worker = workers.get(i);
                    if (worker == null || !worker.isAlive()) {
                        if (worker == null || worker.hasBegun()) {
                            starts.incrementAndGet();
                        }
                        var all = new TreeMap<>(settings);
                        all.putAll(conditions.settings());
                        all.put(AGENT, NAME + i);
                        workers.set(i, Worker.start(application, all, environment));
                    }
                }
            }
        }
    }

    private void keep() {
        while (true) {
            try {
                Pause.millis(conditions.keepEvery().toMillis());
                up().invokeLater("keep-runs");
            } catch (IOException e) {
                // They are starting, or have just been killed.
            }
        }
    }
}
