package org.openphoneimport.local;

import java.nio.file.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.openphoneimport.media.MediaConfig;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** What a person at the terminal needs to know, printed when everything is up. */
public class Welcome implements QuarkusApplication {

    private final String database;
    private final String psql;
    private final String queue;
    private final String files;
    private final String workspace;
    private final int port;

    Welcome(@ConfigProperty(name = "quarkus.datasource.jdbc.url") String database,
            @ConfigProperty(name = "local.psql", defaultValue = "with the user and password that you have set") String psql,
            @ConfigProperty(name = "import.queue-url") String queue,
            MediaConfig media,
            @ConfigProperty(name = "local.workspace", defaultValue = "the one of OPENPHONE_API_KEY") String workspace,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.database = database;
        this.psql = psql;
        this.queue = queue;
        this.files = media.bucket().map(bucket -> "s3://" + bucket)
                .or(() -> media.directory().map(Path::toString)).orElse("nowhere");
        this.workspace = workspace;
        this.port = port;
    }

    @Override
    public int run(String... args) {
        System.out.printf("""

                openphone-import is running. Stop it with Ctrl-C; it goes on where it was.

                  page       http://localhost:%d/
                  workspace  %s
                  database   %s
                             %s
                  queue      %s
                  files      %s

                """, port, workspace, database, psql, queue, files);
        Quarkus.waitForExit();
        return 0;
    }
}
