package org.openphoneimport.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What is measured, from system properties.
 *
 * @param conversations of the sample workspace ({@code bench.conversations})
 * @param seed of the sample workspace ({@code bench.seed})
 * @param latency that the server adds to each answer, in ms ({@code bench.latency})
 * @param rate requests a second that the server grants; 0 for no limit ({@code bench.rate})
 * @param workers of each tool ({@code bench.workers})
 * @param heap of this importer's JVM ({@code bench.heap}); empty for the JVM's default
 * @param java more options of that JVM ({@code bench.java})
 * @param tools what is measured, in that order ({@code bench.tools})
 * @param application the jar of this importer for one machine
 * @param scripts where the others stand
 * @param results where the results go
 */
record BenchSettings(int conversations, long seed, int latency, double rate, int workers, String heap, List<String> java,
        List<String> tools, Path application, Path scripts, Path results) {

    static BenchSettings ofProcess() {
        var folder = Path.of(text("bench.folder", ".")).toAbsolutePath().normalize();
        return new BenchSettings((int) number("bench.conversations", 3000), (long) number("bench.seed", 1),
                (int) number("bench.latency", 2), number("bench.rate", 0), (int) number("bench.workers", 4),
                text("bench.heap", ""), words(text("bench.java", ""), " "),
                words(text("bench.tools", "ours,ours-v1,celery,dlt"), ","),
                Path.of(text("bench.application", "")), folder.resolve("src/bench/python"),
                folder.resolve("target/bench"));
    }

    private static String text(String property, String otherwise) {
        var value = System.getProperty(property, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    private static double number(String property, double otherwise) {
        var value = text(property, "");
        return value.isEmpty() ? otherwise : Double.parseDouble(value);
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(separator)).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }
}
