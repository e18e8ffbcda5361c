package org.openphoneimport.local;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** What the user has set: environment variables, or system properties under the same names in lower case with dots. */
public record Environment(Function<String, @Nullable String> variables) {

    static Environment ofProcess() {
        return new Environment(name -> {
            var property = System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
            return property != null ? property : System.getenv(name);
        });
    }

    public static Environment of(Map<String, String> variables) {
        return new Environment(variables::get);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(variables.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    boolean isSet(String name) {
        return get(name).isPresent();
    }

    /** @throws IllegalArgumentException naming the variable */
    double number(String name, double otherwise) {
        return get(name).map(value -> {
            try {
                double number = Double.parseDouble(value);
                if (number >= 0 && number < 1e9) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a negative number.
            }
            throw new IllegalArgumentException(name + " must be a number of 0 or more, not " + value);
        }).orElse(otherwise);
    }
}
