package org.openphoneimport.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openphoneimport.testsupport.BesideOthers;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.Thorough;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** On a real S3 server. */
@BesideOthers
class S3StoreTest {

    private static final int PART = 8 * 1024 * 1024;

    private static final LocalS3 SERVER = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
    private static final S3Client S3 = start();

    private final S3Store store = new S3Store(S3, "files");

    private static S3Client start() {
        // It would tell of each object that is not there, with a stack trace.
        Logger.getLogger("com.robothy").setLevel(Level.OFF);
        SERVER.start();
        var s3 = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + SERVER.getPort()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(request -> request.bucket("files"));
        return s3;
    }

    @AfterAll
    static void stop() {
        S3.close();
        SERVER.shutdown();
    }

    @Test
    void some_bytes_of_a_file_can_be_read() throws IOException {
        store.store("message/ACrange/0", "audio/mpeg", new ByteArrayInputStream(bytes(1_000)));

        try (var some = store.open("message/ACrange/0", 200, 300)) {
            assertThat(some.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes(1_000), 200, 500));
        }
    }

    @ParameterizedTest
    @Thorough
    @ValueSource(ints = { 0, 1, 60_000, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 12_345 })
    void a_file_is_there_as_it_came(int size) throws IOException {
        var bytes = bytes(size);

        store.store("message/AC" + size + "/0", "image/png", new ByteArrayInputStream(bytes));

        assertThat(store.size("message/AC" + size + "/0")).hasValue(size);
        try (var stored = store.open("message/AC" + size + "/0")) {
            assertThat(stored.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(S3.headObject(request -> request.bucket("files").key("message/AC" + size + "/0")).contentType())
                .isEqualTo("image/png");
    }

    @ParameterizedTest
    @Landing
    @ValueSource(ints = { 10, PART + 10, 2 * PART + 10 })
    void a_file_whose_bytes_break_off_is_not_there_at_all(int size) {
        var key = "message/broken" + size + "/0";

        assertThatThrownBy(() -> store.store(key, "image/png",
                new SequenceInputStream(new ByteArrayInputStream(bytes(size)), broken()))).hasMessage("broken");

        assertThat(store.size(key)).isEmpty();
        assertThat(S3.listMultipartUploads(request -> request.bucket("files")).uploads()).isEmpty();
    }

    @Test
    void a_file_that_comes_again_is_there_once() throws IOException {
        store.store("message/again/0", "image/png", new ByteArrayInputStream(bytes(10)));
        store.store("message/again/0", "image/png", new ByteArrayInputStream(bytes(20)));

        assertThat(store.size("message/again/0")).hasValue(20);
        assertThat(store.size("message/again/1")).isEmpty();
    }

    @Test
    @Landing
    void files_are_deleted_whether_they_are_there_or_not() throws IOException {
        store.store("message/gone/0", "image/png", new ByteArrayInputStream(bytes(10)));
        store.store("message/stays/0", "image/png", new ByteArrayInputStream(bytes(10)));

        // More than S3 takes at once, the one that is there among the last.
        store.delete(Stream.concat(IntStream.range(0, 1_200).mapToObj(i -> "message/never" + i + "/0"),
                Stream.of("message/gone/0")).toList());

        assertThat(store.size("message/gone/0")).isEmpty();
        assertThat(store.size("message/stays/0")).hasValue(10);
    }

    @Test
    void of_a_bucket_that_is_not_there_nobody_knows_what_it_has() {
        assertThatThrownBy(() -> new S3Store(S3, "other").size("message/AC1/0")).isInstanceOf(SdkException.class);
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
    }
}
