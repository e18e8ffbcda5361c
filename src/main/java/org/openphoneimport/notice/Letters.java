package org.openphoneimport.notice;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/** Puts notices into words. Each attempt has the same ones. */
@ApplicationScoped
class Letters {

    // Reasons name requests, whose parameters may be phone numbers.
    private static final Pattern PHONE = Pattern.compile("(?:\\+|%2B)\\d{5,13}(\\d\\d)\\b");

    private final NotifyConfig config;

    Letters(NotifyConfig config) {
        this.config = config;
    }

    Letter of(Notice notice) {
        var run = notice.run() == null ? null : run(notice.run(), notice.figures());
        var sentence = sentence(notice, run);
        var workspace = config.workspace().filter(name -> !name.isBlank()).orElse(notice.workspace());
        var link = link(notice.run());
        return new Letter(notice.id(), notice.kind().text(), notice.at(),
                new Letter.Data(sentence, config.environment(), workspace, link, run), subject(notice.kind(), run, workspace),
                sentence + "\n\n" + (link == null ? "" : link + "\n\n") + "Environment: " + config.environment()
                        + (workspace.isEmpty() ? "" : "\nWorkspace: " + workspace) + "\n");
    }

    private static String sentence(Notice notice, Letter.@Nullable RunFigures run) {
        return switch (notice.kind()) {
            case COMPLETED -> "The %s is completed: %s. Nothing is missing or different.".formatted(name(run), counts(run));
            case COMPLETED_WITH_EXCEPTIONS ->
                "The %s is completed with exceptions: %s. OpenPhone does not give %d; %d errors are open."
                        .formatted(name(run), counts(run), run == null ? 0 : run.unavailable(), run == null ? 0 : run.errors());
            case FAILED -> "The %s has failed%s".formatted(name(run), because(run));
            case CANCELLED -> "The %s has been cancelled%s".formatted(name(run), because(run));
            case WAITING -> "The %s waits for a person%s".formatted(name(run), because(run));
            case OVERDUE ->
                "No run has brought the database up to date since %s, %d hours ago. See whether one is paused or fails to start."
                        .formatted(notice.figures().path("since").asText(), notice.figures().path("hours").asLong());
            case TEST -> "This is a test: notices arrive here.";
        };
    }

    private String subject(NoticeKind kind, Letter.@Nullable RunFigures run, String workspace) {
        var what = switch (kind) {
            case COMPLETED -> "completed";
            case COMPLETED_WITH_EXCEPTIONS -> "completed with exceptions";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case WAITING -> "waits for a person";
            case OVERDUE -> "The import is overdue";
            case TEST -> "A test";
        };
        var name = name(run);
        return ("[" + config.environment() + "] "
                + (run == null ? what : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " " + what)
                + (workspace.isEmpty() ? "" : " (" + workspace + ")")).replaceAll("\\p{Cntrl}", " ");
    }

    private static String name(Letter.@Nullable RunFigures run) {
        return run == null ? "run" : NoticeKind.run(run.type());
    }

    private static String counts(Letter.@Nullable RunFigures run) {
        return run == null ? ""
                : String.format(Locale.ROOT, "%,d conversations, %,d messages, %,d calls, %,d files",
                        run.conversations(), run.messages(), run.calls(), run.files());
    }

    private static String because(Letter.@Nullable RunFigures run) {
        return run == null || run.reason() == null ? "." : ": " + run.reason() + (run.reason().endsWith(".") ? "" : ".");
    }

    private @Nullable String link(@Nullable UUID run) {
        return config.pageUrl().map(url -> url.replaceAll("/+$", "") + (run == null ? "/" : "/runs/" + run)).orElse(null);
    }

    private static Letter.RunFigures run(UUID id, JsonNode figures) {
        return new Letter.RunFigures(id, figures.path("type").asText(), figures.path("status").asText(),
                masked(figures.path("reason").textValue()), time(figures.path("windowFrom")), time(figures.path("windowTo")),
                time(figures.path("startedAt")), time(figures.path("endedAt")), figures.path("conversations").asLong(),
                figures.path("messages").asLong(), figures.path("calls").asLong(), figures.path("files").asLong(),
                figures.path("errors").asLong(), figures.path("unavailable").asLong());
    }

    private static @Nullable String masked(@Nullable String reason) {
        return reason == null ? null : PHONE.matcher(reason).replaceAll("...$1");
    }

    private static @Nullable Instant time(JsonNode time) {
        return time.isTextual() ? OffsetDateTime.parse(time.textValue()).toInstant() : null;
    }
}
