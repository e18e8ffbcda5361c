package org.openphoneimport.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files over HTTP. Their hosts are strangers: they are sent nothing that is ours, and nothing they send is believed.
 */
@ApplicationScoped
class MediaHttp {

    private static final int REDIRECTS = 5;
    private static final int CONNECTIONS = 200;
    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> REFUSING_FOR_NOW = Set.of(408, 425, 429);

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");

    // No honest head comes near; without them one could fill our memory.
    private static final Http1Config HEAD = Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(16_384).build();

    /** Whatever length is announced, a body is read to the end of its connection: see {@link Body}. */
    private static final ContentLengthStrategy TO_THE_END = message -> {
        long announced = DefaultContentLengthStrategy.INSTANCE.determineLength(message);
        return announced >= 0 ? ContentLengthStrategy.UNDEFINED : announced;
    };

    private final MediaHosts hosts;
    private final MediaConfig config;
    private final CloseableHttpClient client;

    @Inject
    MediaHttp(MediaHosts hosts, MediaConfig config) {
        this(hosts, config, SSLContexts.createDefault());
    }

    /** @param trust whose word is taken for a host's being who it says */
    MediaHttp(MediaHosts hosts, MediaConfig config, SSLContext trust) {
        this.hosts = hosts;
        this.config = config;
        this.client = client(Timeout.of(config.longestSilence()), trust);
    }

    private static CloseableHttpClient client(Timeout silence, SSLContext trust) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                // What a certificate is made out for is compared with the name in the URL, whatever address is connected to.
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD).incomingContentLengthStrategy(TO_THE_END).build())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(silence).setSocketTimeout(silence).build())
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(silence).build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
                .setUserAgent("openphone-import/1.0")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /** Takes a file while it comes. What it throws is its own trouble, unless it is a {@link DownloadException}. */
    @FunctionalInterface
    interface Receiver {
        void receive(InputStream bytes, @Nullable String contentType) throws IOException;
    }

    /**
     * A file that was received whole.
     *
     * @param contentType as its host declares it
     * @param sha256 in hexadecimal
     */
    record Received(@Nullable String contentType, long size, String sha256) {
    }

    /**
     * Fetches a file.
     *
     * @param limit the longest that it may take
     */
    Received fetch(String url, Duration limit, Receiver receiver) throws IOException {
        var place = MediaUrl.read(null, url);
        try (var alarm = new Alarm(limit)) {
            for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
                var target = hosts.find(place);
                var request = new HttpGet("/");
                request.setPath(target.path());
                request.setHeader(HttpHeaders.CONNECTION, "close");
                try (var answer = send(target, request, alarm)) {
                    if (!REDIRECTING.contains(answer.getCode())) {
                        return receive(answer, receiver, alarm);
                    }
                    place = MediaUrl.read(place, location(answer));
                }
            }
        }
        throw new DownloadException.Refused("Its URL redirects more than %d times".formatted(REDIRECTS));
    }

    private ClassicHttpResponse send(MediaHosts.Target target, HttpGet request, Alarm alarm) throws DownloadException {
        alarm.in(config.longestSilence().multipliedBy(2), request::cancel);
        try {
            return client.executeOpen(target.host(), request, null);
        } catch (IOException e) {
            throw new DownloadException.Failed("%s did not answer%s: %s".formatted(target.host().getHostName(),
                    alarm.hasRung() ? " in time" : "", e.getMessage()), e);
        } finally {
            alarm.inTheEnd(request::cancel);
        }
    }

    private Received receive(ClassicHttpResponse answer, Receiver receiver, Alarm alarm) throws IOException {
        if (isDenial(answer.getCode())) {
            throw new DownloadException.Denied(answer.getCode());
        }
        if (answer.getCode() != 200 || answer.getEntity() == null) {
            throw new DownloadException.Failed("Its host answered " + answer.getCode());
        }
        var entity = answer.getEntity();
        var body = new Body(entity.getContent(), entity.isChunked() ? Body.UNKNOWN : announced(answer),
                config.maxSize().asLongValue(), config.longestSilence());
        try {
            var bytes = new FileBytes(unpacked(answer, body), body, config.maxSize().asLongValue());
            receiver.receive(bytes, entity.getContentType());
            return new Received(entity.getContentType(), bytes.size(), bytes.sha256());
        } catch (DownloadException.Failed e) {
            throw alarm.hasRung() ? new DownloadException.Failed("It took too long: " + e.what(), e) : e;
        }
    }

    private static InputStream unpacked(ClassicHttpResponse answer, Body body) throws IOException {
        return Packing.unpack(body, Stream.of(answer.getHeaders(HttpHeaders.CONTENT_ENCODING)).map(Header::getValue).toList(),
                answer.getEntity().getContentType());
    }

    /** Stores differ in how they name an expired URL: 400, 401, 403, 404, 410. Some refusals say nothing of the URL. */
    private static boolean isDenial(int status) {
        return status >= 400 && status < 500 && !REFUSING_FOR_NOW.contains(status);
    }

    private static long announced(ClassicHttpResponse answer) {
        var length = answer.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? Body.UNKNOWN : Long.parseLong(length.getValue().strip());
    }

    private static String location(ClassicHttpResponse answer) throws DownloadException {
        var location = answer.getFirstHeader(HttpHeaders.LOCATION);
        if (location == null) {
            throw new DownloadException.Failed("Its host answered %d without saying where to".formatted(answer.getCode()));
        }
        // A header comes as bytes, of which each is a character here: encoded one by one they say the same in any charset.
        return BEYOND_ASCII.matcher(location.getValue())
                .replaceAll(each -> "%%%02X".formatted((int) each.group().charAt(0)));
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
