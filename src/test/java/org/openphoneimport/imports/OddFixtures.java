package org.openphoneimport.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.openphoneimport.local.sample.document.SamplePhoneNumber;
import org.openphoneimport.local.sample.http.Fault;
import org.openphoneimport.local.sample.http.Reply;

/** Answers that OpenPhone might give one day, as files: they hold what no generator would make. */
final class OddFixtures {

    private final SamplePhoneNumber own;

    /**
     * @param own the number that all of it is about
     */
    OddFixtures(SamplePhoneNumber own) {
        this.own = own;
    }

    /** A file as the answer. */
    Fault answer(String name) {
        return answerText(text(name));
    }

    /** The same rows, as the API of 2026-03-30 names what follows. */
    Fault answerDated(String name) {
        return answerText(text(name).replace("\"nextPageToken\"", "\"nextCursor\""));
    }

    /** A list without rows. */
    static Fault nothing() {
        return answerText("{\"data\":[],\"nextPageToken\":null}");
    }

    private static Fault answerText(String json) {
        return Fault.answer(Reply.of(200, "application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    private String text(String name) {
        try (var file = Objects.requireNonNull(OddFixtures.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("%PN%", own.id())
                    .replace("%OWN%", own.number()).replace("%DIGITS%", "9".repeat(2000));
        } catch (IOException e) {
            throw new IllegalStateException("Failed to read " + name + ": " + e.getMessage(), e);
        }
    }
}
