package org.openphoneimport.media;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What comes instead of a file is not taken for one, and no file is taken for something else. */
class PromiseTest {

    private static final byte[] JPEG = bytes("\u00FF\u00D8\u00FF\u00E0\u0000\u0010JFIF");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", value = {
            "image/jpeg|text/html|<!DOCTYPE html><title>Log in</title>|A page of HTML came instead of image/jpeg",
            "image/jpeg|image/jpeg|  <HTML><body>Log in|A page of HTML came instead of image/jpeg",
            "IMAGE/JPEG; x=y|none|<html>|A page of HTML came instead of image/jpeg",
            "audio/mpeg|application/octet-stream|<script>location='/login'</script>|A page of HTML came instead of audio/mpeg",
            "application/pdf|text/html; charset=utf-8|Please log in|A page of HTML came instead of application/pdf",
            "text/vcard|text/html|<p>Log in|A page of HTML came instead of text/vcard",
            "text/plain|text/plain|<!doctype html>|A page of HTML came instead of text/plain",
            "none|text/html|<p>Log in|A page of HTML came instead of a file",
            "application/octet-stream|text/html|<p>Log in|A page of HTML came instead of a file",
            "image/png|application/json|{\"error\":\"expired\"}|Text came instead of image/png",
            "video/mp4|text/plain|Not found|Text came instead of video/mp4",
            "text/vcard|application/json|{\"error\":\"expired\"}|JSON came instead of text/vcard",
            "text/vcard|application/xml|<?xml version='1.0'?><Error>|XML came instead of text/vcard",
            "application/pdf|application/problem+json|{}|JSON came instead of application/pdf",
            "image/png|image/png| {\"error\":\"expired\"}|Text came instead of image/png",
            "audio/mpeg|binary/octet-stream|<Error><Code>AccessDenied</Code></Error>|Text came instead of audio/mpeg",
            "image/png|none|Not found|Text came instead of image/png",
            "image/png|image/png|~~|It is empty" })
    void a_page_is_no_file(@Nullable String promised, @Nullable String declared, String body, String what) {
        assertThatThrownBy(() -> message(promised).check(bytes(body), declared))
                .isInstanceOf(DownloadException.Failed.class).hasMessage(what);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = { "image/jpeg, image/jpeg, image/jpeg", "image/png, image/jpeg, image/jpeg",
            "image/jpeg, application/octet-stream, application/octet-stream", "image/jpeg, none, application/octet-stream",
            "image/jpeg, text/plain, text/plain", "image/jpeg, text/html, image/jpeg",
            "none, text/html, application/octet-stream",
            "none, image/jpeg, image/jpeg", "application/pdf, image/jpeg, image/jpeg", "text/plain, image/jpeg, image/jpeg" })
    void a_file_is_kept_as_what_its_host_calls_it_unless_it_cannot_be_that(@Nullable String promised,
            @Nullable String declared, String kept) throws Exception {
        assertThat(message(promised).check(JPEG, declared)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = { "text/html, text/html, <html>", "text/plain, text/plain, hello",
            "text/vcard, text/x-vcard, BEGIN:VCARD", "none, text/plain, hello", "none, application/json, {}",
            "application/json, application/json; charset=utf-8, {}", "image/svg+xml, image/svg+xml, <svg/>",
            "image/svg+xml, text/xml, <?xml version='1.0'?><svg/>", "application/smil, application/smil, <smil>" })
    void text_that_was_promised_is_a_file(@Nullable String promised, String declared, String body) throws Exception {
        assertThat(message(promised).check(bytes(body), declared)).isEqualTo(declared);
    }

    /** A short file may happen to hold no byte that text has not. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = { "image/jpeg, image/jpeg, \u00FF\u00D8\u00FF\u00E0abc",
            "audio/mpeg, audio/mpeg, bytes of a sound", "image/jpeg, application/octet-stream, abc" })
    void what_its_host_calls_a_picture_or_a_sound_is_one_without_markup_or_json(String promised, String declared, String body)
            throws Exception {
        assertThat(message(promised).check(bytes(body), declared)).isEqualTo(declared);
    }

    @Test
    void recordings_and_voicemails_are_heard_whether_their_document_says_so_or_not() throws Exception {
        for (var subject : new String[] { "recording", "voicemail" }) {
            assertThatThrownBy(() -> of(subject, null).check(bytes("Not found"), "text/plain"))
                    .isInstanceOf(DownloadException.Failed.class).hasMessage("Text came instead of audio/*");
            assertThat(of(subject, null).check(bytes("ID3\u0004\u0000"), "text/html")).isEqualTo("application/octet-stream");
        }
    }

    private static Promise message(@Nullable String type) {
        return of("message", type);
    }

    private static Promise of(String subject, @Nullable String type) {
        return Promise.of(new MediaClaim.Held(1, UUID.randomUUID(), subject, "AC1", 0, "https://media.example.com/a", type, 1,
                false, false));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
