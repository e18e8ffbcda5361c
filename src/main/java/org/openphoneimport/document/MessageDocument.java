package org.openphoneimport.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as OpenPhone lists it.
 *
 * @param id {@code AC...}
 * @param conversationId {@code CN...}; missing before June 2026
 * @param from "can be a variety of formats": E.164, a short code, a name
 * @param userId null on incoming messages
 * @param updatedAt the last change of the status
 * @param media files, in order; the field is there since August 2026
 * @param oddities what did not fit, see {@link #payload}
 * @param payload the document as received
 */
public record MessageDocument(String id, @Nullable String conversationId, @Nullable String phoneNumberId,
        @Nullable String userId, @Nullable String direction, @Nullable String status, @Nullable String from, List<String> to,
        @Nullable String text, @Nullable Instant createdAt, @Nullable Instant updatedAt, List<Media> media,
        List<String> oddities, JsonNode payload) implements Document {

    private static final Set<String> DIRECTIONS = Set.of("incoming", "outgoing");
    // failed is named by the dated API only.
    private static final Set<String> STATUSES = Set.of("queued", "sent", "delivered", "undelivered", "received", "failed");

    private static final Pattern URL = Pattern.compile("^\\s*https?://", Pattern.CASE_INSENSITIVE);

    /**
     * A file.
     *
     * @param url where it can be had without the key
     * @param type MIME
     */
    public record Media(String url, @Nullable String type) {
    }

    public static MessageDocument read(Fields fields) {
        return new MessageDocument(fields.id(), fields.text("conversationId"), fields.text("phoneNumberId"),
                fields.text("userId"), fields.oneOf("direction", DIRECTIONS), fields.oneOf("status", STATUSES),
                fields.text("from"), fields.texts("to"), fields.text("text"), fields.requiredInstant("createdAt"),
                fields.instant("updatedAt"), media(fields), fields.oddities(), fields.payload());
    }

    /** Documents in a list; but one alone, or URLs alone, are files, too. The view {@code media_urls} counts them alike. */
    static List<Media> media(Fields fields) {
        var value = fields.document().path("media");
        var elements = value.isArray() ? List.copyOf(fields.documents("media")) : List.of(value);
        var files = new ArrayList<Media>();
        for (var element : elements) {
            if (element.path("url").isTextual()) {
                var file = new Fields(element);
                files.add(new Media(String.valueOf(file.text("url")), file.text("type")));
            } else if (element.isTextual() && URL.matcher(element.textValue()).find()) {
                files.add(new Media(Storable.text(element.textValue()), null));
            }
        }
        boolean none = value.isMissingNode() || value.isNull();
        if (!none && files.size() < elements.size()) {
            fields.odd("media holds %d of %d elements that name no file".formatted(elements.size() - files.size(),
                    elements.size()));
        }
        return List.copyOf(files);
    }
}
