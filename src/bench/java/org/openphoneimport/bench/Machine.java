package org.openphoneimport.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/** What it was measured on. */
record Machine(String system, String processor, int cores, long memoryMegabytes, String java) {

    static Machine here() {
        var memory = (OperatingSystemMXBean) ManagementFactory
                .getOperatingSystemMXBean();
        return new Machine(System.getProperty("os.name") + " " + System.getProperty("os.arch"), processorName(),
                Runtime.getRuntime().availableProcessors(), memory.getTotalMemorySize() / 1_000_000,
                System.getProperty("java.vendor") + " " + Runtime.version());
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
