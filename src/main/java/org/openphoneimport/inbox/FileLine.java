package org.openphoneimport.inbox;

import org.jspecify.annotations.Nullable;
import org.openphoneimport.frame.Format;
import org.openphoneimport.thread.FileType;
import org.openphoneimport.thread.StoredFile;

/**
 * A file as a thread shows it.
 *
 * @param label what it is called there
 * @param id OpenPhone's id of what points to it
 * @param address to get it from; null when it is not stored
 * @param show {@code picture}, {@code sound}, {@code film}, or {@code link} for what is only saved
 * @param words its size, or why it is not here
 */
public record FileLine(String label, String id, @Nullable String address, String show, String words) {

    static FileLine attachment(StoredFile file) {
        var type = FileType.of(file.type());
        return of(file, type.isPicture() ? "Picture" : type.isFilm() ? "Film" : type.isSound() ? "Sound" : "File",
                file.subjectId(), type.isPicture() ? "picture" : type.isFilm() ? "film" : type.isSound() ? "sound" : "link");
    }

    /** A recording or a voicemail: whatever its host says that it is, it is sound. */
    static FileLine sound(@Nullable StoredFile file, String id, String label, @Nullable Integer seconds) {
        var named = seconds == null ? label : label + ", " + Format.length(seconds);
        return file == null ? new FileLine(named, Format.id(id), null, "link", "OpenPhone names no file")
                : of(file, named, id, "sound");
    }

    private static FileLine of(StoredFile file, String label, String id, String show) {
        if (!file.isStored()) {
            return new FileLine(label, Format.id(id), null, show, "not here: "
                    + (file.finding() == null ? "not downloaded yet" : Format.shortened(file.finding())));
        }
        var type = file.type() == null ? "" : Format.id(file.type()) + ", ";
        return new FileLine(label, Format.id(id), "/files/" + file.id(), show,
                type + Format.bytes(file.size() == null ? 0 : file.size()));
    }
}
