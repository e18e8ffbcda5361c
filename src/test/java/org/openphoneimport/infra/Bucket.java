package org.openphoneimport.infra;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server with one bucket. */
final class Bucket implements AutoCloseable {

    private final LocalS3 server;
    private final S3Client s3;
    private final String name;

    private Bucket(LocalS3 server, S3Client s3, String name) {
        this.server = server;
        this.s3 = s3;
        this.name = name;
    }

    static Bucket start(String name) {
        // It would tell of each object that is not there, with a stack trace.
        Logger.getLogger("com.robothy").setLevel(Level.OFF);
        var server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        var s3 = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(request -> request.bucket(name));
        return new Bucket(server, s3, name);
    }

    String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** The keys of all files. */
    Set<String> keys() {
        var keys = new TreeSet<String>();
        s3.listObjectsV2Paginator(request -> request.bucket(name)).contents().stream().map(S3Object::key).forEach(keys::add);
        return keys;
    }

    @Override
    public void close() {
        s3.close();
        server.shutdown();
    }
}
