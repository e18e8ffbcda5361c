package org.openphoneimport.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A line of {@code missing-classes.txt}: classes of a package, which are named by a jar and need not be there. */
record KeptMissing(String packageName, String namedBy, String reason) {

    static List<KeptMissing> read() {
        var kept = new ArrayList<KeptMissing>();
        var reason = "";
        for (var line : text().lines().toList()) {
            if (line.startsWith("#") || line.isBlank()) {
                reason = line;
            } else {
                int colon = line.indexOf(": ");
                for (var jar : line.substring(colon + 2).split(", ", -1)) {
                    kept.add(new KeptMissing(line.substring(0, colon), jar, reason));
                }
            }
        }
        return kept;
    }

    boolean covers(PackagedClasses.Missing missing) {
        return missing.namedBy().equals(namedBy) && isOfPackageOf(missing);
    }

    boolean isOfPackageOf(PackagedClasses.Missing missing) {
        return missing.type().startsWith(packageName + ".");
    }

    private static String text() {
        try (var in = KeptMissing.class.getResourceAsStream("missing-classes.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
