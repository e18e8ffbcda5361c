package org.openphoneimport.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openphoneimport.testsupport.BesideOthers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A wrong address of the database is told in a sentence. */
@BesideOthers
class DatabaseCheckTest {

    @Test
    void a_database_that_cannot_be_reached_is_told_with_its_address_but_no_parameter() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> check("jdbc:postgresql://localhost:" + port + "/company?password=secret"))
                .hasMessage("The database at localhost:%d/company cannot be reached: Connection to localhost:%d refused. "
                        .formatted(port, port) + "Check QUARKUS_DATASOURCE_JDBC_URL");
    }

    @Test
    void a_host_that_no_one_knows_is_told() {
        assertThatThrownBy(() -> check("jdbc:postgresql://nowhere.invalid/company"))
                .hasMessage("The database at nowhere.invalid/company cannot be reached: the host nowhere.invalid is not known. "
                        + "Check QUARKUS_DATASOURCE_JDBC_URL");
    }

    /** Such an address may have a password in it, so it is not repeated. */
    @Test
    void an_address_that_is_not_for_jdbc_is_told_what_it_begins_with() {
        assertThatThrownBy(() -> check("postgresql://importer:secret@db.example.com/company")).hasMessage(
                "QUARKUS_DATASOURCE_JDBC_URL must begin with jdbc:postgresql://, as in jdbc:postgresql://db.example.com:5432/company");
    }

    private static void check(String url) {
        Machine.start(Environment.of(Map.of("OPENPHONE_API_KEY", "key", "QUARKUS_DATASOURCE_JDBC_URL", url)));
    }
}
