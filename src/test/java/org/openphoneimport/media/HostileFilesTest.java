package org.openphoneimport.media;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openphoneimport.local.sample.SampleMedia;
import org.openphoneimport.local.sample.SampleWorkspace;
import org.openphoneimport.local.sample.document.SampleMessage;
import org.openphoneimport.testsupport.Bench;
import org.openphoneimport.testsupport.Landing;
import org.openphoneimport.testsupport.OnOneMachine;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;

/** One run with everything that strangers can do to it with a URL or behind one: the other files arrive. */
@QuarkusTest
@Landing
class HostileFilesTest {

    private static final Instant AT = Instant.parse("2026-10-01T00:00:00Z");
    private static final List<String> GOOD = List.of("/static/messages/a.png", "/static/messages/b.png",
            "/static/messages/c.png");

    // It was given back, and nobody has it.
    private static final String UNREACHABLE = "3ffe::1";

    private final Bench bench = Bench.get();
    private final StrangeHost host = StrangeHost.start();
    private final AtomicBoolean rebound = new AtomicBoolean();

    @BeforeEach
    void reset() {
        bench.reset();
        QuarkusMock.installMockForType(new Names(), NameResolver.class);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void each_hostile_file_is_an_issue_of_its_own_and_all_others_arrive() {
        var hostile = hostile();
        serve(hostile);

        var run = bench.importAll();

        assertThat(run.text("status")).as(run.text("reason")).isEqualTo("completed");
        assertThat(run.number("total_media")).isEqualTo(hostile.size() + GOOD.size());
        assertThat(run.number("processed_media")).isEqualTo(GOOD.size());
        var stored = bench.database().rows("SELECT url, storage_key FROM media WHERE status = 'stored'");
        assertThat(stored).hasSameSizeAs(GOOD).allSatisfy(file -> assertThat(bench.files().bytes(file.text("storage_key")))
                .isEqualTo(SampleMedia.bytes(file.text("url"))));
        assertThat(bench.files().keys()).hasSameSizeAs(GOOD);
        hostile.forEach((url, finding) -> assertThat(bench.database().rows("""
                SELECT issue.what FROM import_issues AS issue
                JOIN media ON issue.subject_id = media.subject || '/' || media.subject_id || '/' || media.position
                WHERE issue.run_id = ? AND issue.stage = 'media' AND media.url = ?
                """, run.uuid("id"), url)).as(url).isNotEmpty()
                .allSatisfy(
                        issue -> assertThat(issue.text("what").replace("Link points to a private address; not fetched: ", ""))
                                .startsWith(finding)));
        bench.soon().until(() -> bench.database().size("media WHERE status = 'failed' AND finding ="
                + " 'Link points to a private address; not fetched: rebinding.example.com has the address 127.0.0.1'") == 1);
        assertThat(host.requests()).as("nothing that is ours was asked for").noneMatch(
                request -> request.getFirst().contains("/secret"));
        int left = (int) bench.database().size("media WHERE status = 'pending'");
        assertThat((Integer) RestAssured.get("/api/runs/{id}", run.uuid("id")).path("failedMedia"))
                .isEqualTo(hostile.size() - left);
    }

    /** URLs, and how the issue begins that each becomes. */
    private Map<String, String> hostile() {
        var refused = new LinkedHashMap<String, String>();
        refused.put("file:///etc/passwd", "Its URL is not one of http or https, but of file");
        refused.put("ftp://media.example.com/a", "Its URL is not one of http or https, but of ftp");
        refused.put("http://169.254.169.254/latest/meta-data/",
                "169.254.169.254 has the address");
        refused.put(host.under("[::1]") + "/secret", "::1 has the address");
        refused.put(host.under("private.example.com") + "/secret",
                "private.example.com has the address 127.0.0.1");

        var all = new LinkedHashMap<>(refused);
        int number = 0;
        for (var target : refused.entrySet()) {
            var path = "/redirect" + number++;
            host.redirect(path, target.getKey());
            all.put(strange(path), target.getValue());
        }
        host.at("/endless", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\n\r\n"));
            repeat(out, 10_000, 0);
        });
        all.put(strange("/endless"), "It is larger than the 4194304 bytes that are allowed: no end came");
        host.at("/more", out -> out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more")));
        all.put(strange("/more"), "More came than the 5 bytes that were announced");
        host.at("/drip", out -> {
            out.write(StrangeHost.bytes("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n"));
            repeat(out, 1, 50);
        });
        all.put(strange("/drip"), "It came too slowly: ");
        // It was checked under an address where nobody is. Whoever asks again is led to us.
        all.put(host.under("rebinding.example.com") + "/secret", "rebinding.example.com ");
        return all;
    }

    private String strange(String path) {
        return host.under(OnOneMachine.STRANGE_HOST) + path;
    }

    private static void repeat(OutputStream out, int bytes, int millis) throws IOException, InterruptedException {
        while (true) {
            out.write(new byte[bytes]);
            out.flush();
            Thread.sleep(millis);
        }
    }

    /** A workspace of one message with all hostile files, and one with the good ones. */
    private void serve(Map<String, String> hostile) {
        var workspace = Bench.workspace(0);
        var number = workspace.directory().phoneNumbers().getFirst();
        workspace.addConversation("CNfiles", number.id(), List.of("+16175550123"), AT);
        put(workspace, "AChostile", hostile.keySet().stream().toList());
        put(workspace, "ACgood", GOOD.stream().map(path -> SampleMedia.ORIGIN + path).toList());
        bench.openPhone().serve(workspace);
    }

    private static void put(SampleWorkspace workspace, String id, List<String> urls) {
        var number = workspace.directory().phoneNumbers().getFirst();
        workspace.threads().put(new SampleMessage(id, List.of(number.number()), "+16175550123", "Look", number.id(), "CNfiles",
                "incoming", null, "received", AT, AT,
                urls.stream().map(url -> new SampleMessage.Attachment(url, "image/png")).toList()));
    }

    /** What a hostile name server tells, beside the system's. */
    private final class Names implements NameResolver {

        @Override
        public InetAddress[] resolve(String name) throws UnknownHostException {
            return InetAddress.getAllByName(switch (name) {
                case OnOneMachine.STRANGE_HOST, "private.example.com" -> "127.0.0.1";
                case "rebinding.example.com" -> rebound.getAndSet(true) ? "127.0.0.1" : UNREACHABLE;
                default -> name;
            });
        }
    }
}
