package org.openphoneimport.inbox;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Address;
import org.openphoneimport.frame.Format;
import org.openphoneimport.frame.PageTime;
import org.openphoneimport.thread.Entry;

/**
 * A message or a call as a thread shows it.
 *
 * @param id OpenPhone's
 * @param address of it alone, where all of it is shown
 * @param call whether it is one
 * @param incoming whether another party sent or made it
 * @param heading who did what
 * @param at when; null when OpenPhone does not say
 * @param status as OpenPhone has it
 * @param text of a message
 * @param more what is not shown here, in words; null when all is
 * @param absent whether OpenPhone does not show it any more
 * @param files of a message, recordings and voicemails of a call
 * @param voicemails what was left on the machine, as text
 * @param summary of a call
 * @param nextSteps after a call
 * @param dialogue of a call
 * @param lacks what is not here of a call
 */
public record EntryLine(String id, String address, boolean call, boolean incoming, String heading, @Nullable PageTime at,
        String status, String text, @Nullable String more, boolean absent, List<FileLine> files, List<String> voicemails,
        List<String> summary, List<String> nextSteps, List<SpokenLine> dialogue, List<String> lacks) {

    /**
     * Something that was said.
     *
     * @param speaker who; empty when OpenPhone does not say
     * @param at how long after the beginning; empty when OpenPhone does not say
     * @param text what
     */
    public record SpokenLine(String speaker, String at, String text) {

        static SpokenLine of(Entry.Line line) {
            var seconds = line.seconds();
            return new SpokenLine(Format.id(Format.phone(line.speaker())), seconds == null || !(seconds >= 0 && seconds < 1e6)
                    ? ""
                    : "%d:%02d".formatted(seconds.longValue() / 60, seconds.longValue() % 60), line.text());
        }
    }

    static EntryLine of(String conversation, Entry entry) {
        return switch (entry) {
            case Entry.Message message -> message(conversation, message);
            case Entry.Call call -> call(conversation, call);
        };
    }

    private static EntryLine message(String conversation, Entry.Message message) {
        var author = message.incoming() ? message.from() == null ? "" : Format.phone(message.from()) : message.author();
        return new EntryLine(Format.id(message.id()), alone(conversation, message), false, message.incoming(),
                author == null || author.isBlank() ? message.incoming() ? "Received" : "Sent" : Format.id(author),
                PageTime.of(message.createdAt()), word(message.status()), message.text(), more(message),
                message.absentSince() != null, message.files().stream().map(FileLine::attachment).toList(), List.of(),
                List.of(),
                List.of(), List.of(), List.of());
    }

    private static EntryLine call(String conversation, Entry.Call call) {
        var kind = call.incoming() ? call.answered() ? "Incoming call" : "Missed call" : "Outgoing call";
        var heading = Stream.of(kind, call.author() == null ? "" : Format.id(call.author()),
                call.seconds() == null ? "" : Format.length(call.seconds())).filter(word -> !word.isBlank())
                .collect(Collectors.joining(", "));
        var files = Stream.concat(
                call.recordings().stream().map(one -> FileLine.sound(one.file(), one.id(), "Recording", one.seconds())),
                call.voicemails().stream().map(one -> FileLine.sound(one.file(), one.id(), "Voicemail", one.seconds())))
                .toList();
        return new EntryLine(Format.id(call.id()), alone(conversation, call), true, call.incoming(), heading,
                PageTime.of(call.createdAt()), word(call.status()), "", null, call.absentSince() != null, files,
                call.voicemails().stream().map(Entry.Voicemail::transcript).filter(text -> text != null && !text.isBlank())
                        .map(String::valueOf).toList(),
                call.summary(), call.nextSteps(), call.dialogue().stream().map(SpokenLine::of).toList(),
                call.lacks().stream().map(EntryLine::words).toList());
    }

    private static String words(Entry.LackingPart part) {
        var name = switch (part.kind()) {
            case "recordings" -> "Recordings";
            case "voicemail" -> "Voicemail";
            case "transcript" -> "Transcript";
            default -> "Summary";
        };
        return name + ": " + switch (part.status()) {
            case "waiting" -> "not ready at OpenPhone";
            case "refused" -> "refused by OpenPhone";
            case "unfinished" -> "never finished by OpenPhone";
            case "failed" -> "could not be read";
            default -> "not read yet";
        };
    }

    private static @Nullable String more(Entry.Message message) {
        long characters = message.length() - message.text().codePointCount(0, message.text().length());
        var more = Stream.of(characters > 0 ? Format.exact(characters) + " more characters" : "",
                message.moreFiles() > 0 ? Format.exact(message.moreFiles()) + " more files" : "")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
        return more.isEmpty() ? null : more;
    }

    private static String alone(String conversation, Entry entry) {
        return Address.ofConversation(conversation) + "?only=" + Address.encoded(entry.id());
    }

    private static String word(@Nullable String status) {
        return status == null ? "" : Format.id(status);
    }
}
