package org.openphoneimport.local;

import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.invocation.Functions;

import com.amazonaws.services.lambda.runtime.RequestHandler;

import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;

/** The functions of this application, invoked in this process. */
@ApplicationScoped
public class LocalFunctions implements Functions {

    private static final Logger LOG = Logger.getLogger(LocalFunctions.class);

    // What is interrupted ends at once, or else the container goes while it is at work, which it tells in pages.
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Duration timeout;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    LocalFunctions(@ConfigProperty(name = "function.timeout", defaultValue = FunctionTimeout.DEFAULT) Duration timeout) {
        this.timeout = timeout;
    }

    /** Functions by name, such as {@code start-run}; empty when there is none. */
    @SuppressWarnings("unchecked") // what goes in was read as the type that the handler declares
    Optional<RequestHandler<Object, Object>> find(String name) {
        var bean = Arc.container().instance(name).get();
        return bean instanceof RequestHandler<?, ?> handler ? Optional.of((RequestHandler<Object, Object>) handler)
                : Optional.empty();
    }

    /** Invokes a function and waits for its answer; at its time limit it is stopped, wherever it is. */
    @Nullable
    Object invoke(String name, Object event) {
        var handler = find(name).orElseThrow(() -> new IllegalArgumentException("There is no function " + name));
        var answer = threads.submit(() -> handle(name, handler, event));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Function %s was stopped at its time limit of %d s".formatted(name, timeout.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Function " + name + " was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private @Nullable Object handle(String name, RequestHandler<Object, Object> handler, Object event) {
        begin(name);
        try {
            return handler.handleRequest(event, new LocalContext(name, timeout));
        } finally {
            end(name);
        }
    }

    private void begin(String name) {
        running.merge(name, 1, Integer::sum);
    }

    private void end(String name) {
        running.computeIfPresent(name, (any, count) -> count == 1 ? null : count - 1);
    }

    /** Names of the functions that are at work at this moment, or about to be. */
    public Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    /** Reads an event as a function wants it, just as the Lambda runtime does. */
    Object read(RequestHandler<?, ?> handler, byte[] json) throws java.io.IOException {
        for (Class<?> type = handler.getClass(); type != null; type = type.getSuperclass()) {
            for (var implemented : type.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType declared && declared.getRawType() == RequestHandler.class) {
                    var mapper = AmazonLambdaMapperRecorder.objectMapper;
                    return mapper.readValue(json, mapper.constructType(declared.getActualTypeArguments()[0]));
                }
            }
        }
        throw new IllegalStateException(handler.getClass() + " does not say what it reads");
    }

    @Override
    public void invokeLater(String function, Map<String, ?> payload) {
        begin(function);
        try {
            threads.execute(() -> invokeNow(function, payload));
        } catch (RejectedExecutionException e) {
            end(function);
            LOG.debugf("Function %s was not begun, since the application stops", function);
        }
    }

    private void invokeNow(String function, Map<String, ?> payload) {
        try {
            var event = read(find(function).orElseThrow(),
                    AmazonLambdaMapperRecorder.objectMapper.writeValueAsBytes(payload));
            invoke(function, event);
        } catch (Exception e) {
            if (isShuttingDown()) {
                LOG.infof("Function %s was interrupted; it goes on after the next start", function);
            } else {
                LOG.errorf(e, "Function %s failed", function);
            }
        } finally {
            end(function);
        }
    }

    /** Whatever was told first to stop: the database may be, and then everything that works with it fails. */
    private static boolean isShuttingDown() {
        var nothing = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(nothing);
            Runtime.getRuntime().removeShutdownHook(nothing);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("Still at work after %d s, and cut off: %s", LONGEST_STOP.toSeconds(), String.join(", ", running()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
