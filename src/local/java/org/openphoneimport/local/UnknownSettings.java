package org.openphoneimport.local;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;

/** Tells of environment variables that look like settings but are none: a misspelt one would do nothing, and not say so. */
@ApplicationScoped
class UnknownSettings {

    private static final Logger LOG = Logger.getLogger(UnknownSettings.class);

    private static final String OURS = "org.openphoneimport.";

    // Of one machine only: these are read before there is a configuration to map.
    private static final Set<String> OF_ONE_MACHINE = Set.of("LOCAL_DIRECTORY", "LOCAL_POSTGRES_PASSWORD",
            "LOCAL_RECONCILE_CRON", "LOCAL_KEEP_EVERY", "LOCAL_ALONE", "LOCAL_PSQL", "LOCAL_WORKSPACE", "SAMPLE_CONVERSATIONS",
            "SAMPLE_SEED", "SAMPLE_RATE", "FUNCTION_TIMEOUT");

    // systemd sets it for each service.
    private static final Set<String> OF_OTHERS = Set.of("NOTIFY_SOCKET");

    void tell(@Observes StartupEvent event, BeanManager beans) {
        var mappings = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream().flatMap(bean -> bean.getTypes().stream())
                .flatMap(UnknownSettings::mapping).collect(Collectors.toSet());
        sentence(mappings, System.getenv().keySet()).ifPresent(LOG::warn);
    }

    /** Those of Quarkus are left out, since they do not have all of its settings. */
    private static Stream<Class<?>> mapping(Type type) {
        return type instanceof Class<?> each && each.getName().startsWith(OURS)
                && each.isAnnotationPresent(ConfigMapping.class) ? Stream.of(each) : Stream.empty();
    }

    /**
     * Names those variables, each with the setting that it may be meant for; empty when there are none.
     *
     * @param mappings the interfaces of the configuration, whose prefixes and methods make the names of settings
     */
    static Optional<String> sentence(Collection<Class<?>> mappings, Collection<String> variables) {
        var known = new TreeSet<>(OF_ONE_MACHINE);
        mappings.forEach(each -> settings(each).forEach(known::add));
        var prefixes = known.stream().map(UnknownSettings::prefix).collect(Collectors.toSet());
        var unknown = variables.stream().filter(each -> prefixes.contains(prefix(each)))
                .filter(each -> !known.contains(withoutIndex(each)) && !OF_OTHERS.contains(each)).sorted()
                .map(each -> each + similar(each, known)).toList();
        return unknown.isEmpty() ? Optional.empty()
                : Optional.of("Ignored, since there are no such settings: " + String.join(", ", unknown));
    }

    private static Stream<String> settings(Class<?> mapping) {
        var prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        return Arrays.stream(mapping.getMethods()).filter(method -> !method.isDefault() && method.getParameterCount() == 0)
                .map(Method::getName)
                .map(name -> (prefix + "_" + name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")).toUpperCase(Locale.ROOT));
    }

    /** A list can also be set one by one, as {@code PAGE_USERS_0_}. */
    private static String withoutIndex(String variable) {
        return variable.replaceAll("_\\d+_$", "");
    }

    private static String prefix(String variable) {
        return variable.substring(0, variable.indexOf('_') + 1);
    }

    private static String similar(String variable, Collection<String> known) {
        return known.stream().filter(each -> Spelling.distance(variable, each) <= Spelling.NEAR)
                .min(Comparator.comparingInt(each -> Spelling.distance(variable, each)))
                .map(" (do you mean %s?)"::formatted).orElse("");
    }
}
