package org.openphoneimport.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where files go, which of them are fetched, and how long that may take. */
@ConfigMapping(prefix = "media")
public interface MediaConfig {

    /** The queue that files to be downloaded travel. */
    Optional<String> queueUrl();

    /** Where the queue puts records that could not be handled in 5 receives. */
    Optional<String> dlqUrl();

    /** The S3 bucket that files are stored in; goes before {@link #directory()}. */
    Optional<String> bucket();

    /** The folder that files are stored in, when there is no bucket. */
    Optional<Path> directory();

    /**
     * {@code host} or {@code host:port} that files may be fetched from besides public addresses. Each is a hole: anyone who can
     * send the workspace a message may be able to have it asked.
     */
    Optional<List<String>> allowedHosts();

    /** Larger files are refused. A download holds some 20 MB of memory at most, however large the file is. */
    @WithDefault("100M")
    MemorySize maxSize();

    /**
     * The longest that a download may take, and until a killed one is tried again. It has to be shorter than a function's time
     * limit.
     */
    @WithDefault("4m")
    Duration longestDownload();

    /** The longest wait for a connection and an answer's head, and for each 10 KB of a file: slower ones are given up. */
    @WithDefault("20s")
    Duration longestSilence();

    /**
     * When to try again after each download that failed; a file is tried once more than there are delays, then it is an error.
     * keep-runs sends what is due, once a minute: a shorter delay may take until then.
     */
    @WithDefault("1m,5m,30m,2h,6h")
    List<Duration> retryDelays();

    /**
     * A record that has been on the queue for longer than this, and a second more for each file that is open, counts as lost
     * and is sent again. Records are lost rarely, and a duplicate costs a claim: no need to be quick about it.
     */
    @WithDefault("2m")
    Duration patience();

    /** How long a record is left alone while the database is away. */
    @WithDefault("30s")
    Duration databaseReturn();

    /** Files downloaded at the same time on one machine; in AWS the event source mapping decides. */
    @WithDefault("8")
    int workers();
}
