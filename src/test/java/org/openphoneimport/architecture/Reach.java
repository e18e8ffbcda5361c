package org.openphoneimport.architecture;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

/**
 * What the static fields of classes lead to, by value: through records, arrays, collections, fields, and what lambdas have
 * captured, whatever the types of the fields say.
 */
final class Reach {

    /** What belongs to one process: a connection, a thread, a state of its own; whatever has to be closed is among it. */
    private static final List<Class<?>> OF_A_PROCESS = List.of(AutoCloseable.class, Buffer.class, Clock.class, Executor.class,
            HttpClient.class, InetAddress.class, Process.class, RandomGenerator.class, SocketAddress.class, Thread.class,
            ThreadGroup.class, Timer.class, Vertx.class);

    /** Quarkus looks after them in a native executable. */
    private static final List<Class<?>> LOOKED_AFTER = List.of(Logger.class);

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> found = new ArrayList<>();

    /** Initialises a class, as the build of a native executable does, and says what its static fields lead to. */
    static List<String> ofProcess(Class<?> type) {
        var reach = new Reach();
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
        for (var field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                reach.follow(type.getName() + "." + field.getName(), value(field, null));
            }
        }
        return reach.found;
    }

    private void follow(String path, @Nullable Object value) {
        if (value == null || isOneOf(LOOKED_AFTER, value) || !seen.add(value)) {
            return;
        }
        if (isOneOf(OF_A_PROCESS, value)) {
            found.add(path + " is a " + value.getClass().getName());
            return;
        }
        switch (value) {
            case Object[] array -> followAll(path + "[]", Arrays.asList(array));
            case Collection<?> elements -> followAll(path + "[]", elements);
            case Map<?, ?> map -> {
                followAll(path + ".keys", map.keySet());
                followAll(path + ".values", map.values());
            }
            case Map.Entry<?, ?> entry -> follow(path + ".value", entry.getValue());
            case Optional<?> optional -> follow(path, optional.orElse(null));
            case AtomicReference<?> reference -> follow(path, reference.get());
            case Reference<?> reference -> follow(path, reference.get());
            default -> followFields(path, value);
        }
    }

    private void followAll(String path, Collection<? extends @Nullable Object> elements) {
        elements.forEach(element -> follow(path, element));
    }

    private void followFields(String path, Object value) {
        // The JDK's own are what they are; its containers were opened before.
        for (Class<?> type = value.getClass(); type != null && !type.getModule().isNamed(); type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    follow(path + "." + field.getName(), value(field, value));
                }
            }
        }
    }

    private static @Nullable Object value(Field field, @Nullable Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOneOf(List<Class<?>> types, Object value) {
        return types.stream().anyMatch(type -> type.isInstance(value));
    }
}
