package org.openphoneimport.local.sample;

/**
 * What the sample workspace is like.
 *
 * @param conversations how many; everything else grows with it
 * @param seed the same seed gives the same workspace, to the byte
 * @param rate requests a second the server grants to a key; 0 for no limit
 * @param apiKey the key the server accepts
 * @param port of the API on 127.0.0.1; 0 for any free one
 * @param mediaPort of the media host; 0 for any free one, and then media URLs differ at each start
 * @param pageSize rows on a page at most, however many a request allows; small ones make many pages of few rows
 * @param unusualThreads how many of the own numbers have threads with short codes and with callers who hide their numbers,
 *        beside the conversations: five each
 */
public record SampleSettings(int conversations, long seed, double rate, String apiKey, int port, int mediaPort,
        int pageSize, int unusualThreads) {

    /** The most that OpenPhone puts on a page. */
    private static final int FULL_PAGE = 100;

    public SampleSettings {
        if (conversations < 0 || rate < 0) {
            throw new IllegalArgumentException("conversations and rate may not be negative: " + conversations + ", " + rate);
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page has at least one row: " + pageSize);
        }
    }

    /** Returns 7,000 conversations, seed 1, 10 requests a second, key {@code sample-key}, any ports. */
    public static SampleSettings defaults() {
        return new SampleSettings(7000, 1, 10, "sample-key", 0, 0, FULL_PAGE, 0);
    }

    /** Returns these settings with that many conversations. */
    public SampleSettings withConversations(int changed) {
        return new SampleSettings(changed, seed, rate, apiKey, port, mediaPort, pageSize, unusualThreads);
    }

    /** Returns these settings with another seed. */
    public SampleSettings withSeed(long changed) {
        return new SampleSettings(conversations, changed, rate, apiKey, port, mediaPort, pageSize, unusualThreads);
    }

    /** Returns these settings with another rate, in requests a second; 0 for no limit. */
    public SampleSettings withRate(double changed) {
        return new SampleSettings(conversations, seed, changed, apiKey, port, mediaPort, pageSize, unusualThreads);
    }

    /** Returns these settings with another key. */
    public SampleSettings withApiKey(String changed) {
        return new SampleSettings(conversations, seed, rate, changed, port, mediaPort, pageSize, unusualThreads);
    }

    /** Returns these settings with pages of at most so many rows. */
    public SampleSettings withPageSize(int changed) {
        return new SampleSettings(conversations, seed, rate, apiKey, port, mediaPort, changed, unusualThreads);
    }

    /** Returns these settings with fixed ports; 0 for any free one. */
    public SampleSettings withPorts(int changedPort, int changedMediaPort) {
        return new SampleSettings(conversations, seed, rate, apiKey, changedPort, changedMediaPort, pageSize, unusualThreads);
    }

    /** Returns these settings with threads with short codes and hidden callers over so many of the own numbers, of twelve. */
    public SampleSettings withUnusualThreads(int numbers) {
        return new SampleSettings(conversations, seed, rate, apiKey, port, mediaPort, pageSize, numbers);
    }
}
