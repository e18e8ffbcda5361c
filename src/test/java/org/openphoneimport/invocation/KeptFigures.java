package org.openphoneimport.invocation;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Keeps what would be written into the log. */
public class KeptFigures extends Figures {

    private final Map<String, Number> kept = new TreeMap<>();

    public KeptFigures() {
        super(new InvocationConfig() {
            @Override
            public boolean migrate() {
                return false;
            }

            @Override
            public Optional<String> metricsNamespace() {
                return Optional.empty();
            }

            @Override
            public String prefix() {
                return "";
            }

            @Override
            public Optional<String> alias() {
                return Optional.empty();
            }
        }, new ObjectMapper(), Clock.systemUTC());
    }

    @Override
    public boolean areWanted() {
        return true;
    }

    @Override
    public void write(Map<String, ? extends Number> figures) {
        kept.putAll(figures);
    }

    /** What was written last. */
    public Map<String, Number> kept() {
        return Map.copyOf(kept);
    }
}
