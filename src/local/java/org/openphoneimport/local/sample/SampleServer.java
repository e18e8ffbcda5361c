package org.openphoneimport.local.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import org.openphoneimport.local.sample.http.Api;
import org.openphoneimport.local.sample.http.Host;
import org.openphoneimport.local.sample.http.Interceptor;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.RequestLog;
import org.openphoneimport.local.sample.http.SampleRequest;

/**
 * OpenPhone, as far as an importer can tell, on 127.0.0.1: both generations of the API on one port and the files on another.
 * It refuses what the real one refuses, counts what it is asked, and fails as told by {@link #intercept}.
 */
public final class SampleServer implements AutoCloseable {

    private static final double NO_LIMIT = 0;

    // How many rows a page may have, in v1's words and in those of the dated API.
    private static final Set<String> ROWS = Set.of("maxResults", "limit");

    private final SampleSettings settings;
    private volatile SampleWorkspace workspace;
    private volatile V1Api v1;
    private volatile DatedApi dated;
    private volatile int pageSize;
    private final Host api;
    private final Host media;

    private SampleServer(SampleWorkspace workspace, SampleSettings settings) throws IOException {
        this.workspace = workspace;
        this.settings = settings;
        this.pageSize = settings.pageSize();
        this.v1 = new V1Api(workspace, settings.apiKey());
        this.dated = new DatedApi(workspace, settings.apiKey());
        this.media = Host.start(new MediaApi(), settings.mediaPort(), NO_LIMIT);
        try {
            this.api = Host.start(new WithMediaAt(media.baseUrl()), settings.port(), settings.rate());
        } catch (IOException e) {
            media.close();
            throw e;
        }
    }

    /** Starts a server over that workspace; throws {@link UncheckedIOException} if a port is taken. */
    public static SampleServer start(SampleWorkspace workspace, SampleSettings settings) {
        try {
            return new SampleServer(workspace, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start the sample workspace: " + e.getMessage(), e);
        }
    }

    /** Starts a server over a workspace it generates. */
    public static SampleServer start(SampleSettings settings) {
        return start(SampleWorkspace.generate(settings), settings);
    }

    /** Returns the address of the API, without {@code /v1} and without a slash at the end. */
    public String baseUrl() {
        return api.baseUrl();
    }

    /** Returns the address of the media host, without a slash at the end. */
    public String mediaBaseUrl() {
        return media.baseUrl();
    }

    /** Returns the only key that is accepted. */
    public String apiKey() {
        return settings.apiKey();
    }

    /** Serves another workspace from the next request on, under the same addresses and with the same key. */
    public void serve(SampleWorkspace other) {
        v1 = new V1Api(other, settings.apiKey());
        dated = new DatedApi(other, settings.apiKey());
        workspace = other;
    }

    /** Puts at most so many rows on a page from the next request on. */
    public void pageSize(int rows) {
        pageSize = rows;
    }

    /** Grants so many requests a second from the next one on; 0 sets no limit. */
    public void grant(double requests) {
        api.grant(requests);
    }

    /** Returns what is served. */
    public SampleWorkspace workspace() {
        return workspace;
    }

    /** Returns the URL under which this server serves the file that a document in memory names so. */
    public String served(String mediaUrl) {
        return mediaUrl.replace(SampleMedia.ORIGIN, mediaBaseUrl());
    }

    /** Returns what the API was asked. */
    public RequestLog requests() {
        return api.requests();
    }

    /** Returns what the media host was asked. */
    public RequestLog mediaRequests() {
        return media.requests();
    }

    /** Returns the parameters asked with that v1 does not know, for example {@code /v1/contacts pageSize}. */
    public Set<String> unknownParameters() {
        return v1.unknownParameters();
    }

    /** Lets this interceptor decide on every request to the API that is granted; {@link Interceptor#NONE} ends it. */
    public void intercept(Interceptor interceptor) {
        api.intercept(interceptor);
    }

    /** Lets this interceptor decide on every request to the media host. */
    public void interceptMedia(Interceptor interceptor) {
        media.intercept(interceptor);
    }

    @Override
    public void close() {
        api.close();
        media.close();
    }

    /** Puts the media host's address where documents have only a stand-in. */
    private final class WithMediaAt implements Api {

        private final String origin;

        WithMediaAt(String origin) {
            this.origin = origin;
        }

        @Override
        public String template(String path) {
            return apiOf(path).template(path);
        }

        @Override
        public Reply answer(SampleRequest request) {
            return apiOf(request.path()).answer(request.withAtMost(pageSize, ROWS))
                    .replace(SampleMedia.ORIGIN, origin);
        }

        /** The dated API has no prefix; whatever else there is, v1 does not know it. */
        private Api apiOf(String path) {
            return dated.knows(path) ? dated : v1;
        }
    }
}
