package org.openphoneimport.local;

import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** {@code ./mvnw -Plocal}: starts what is not configured, then the application on top of it. */
@QuarkusMain
public class Main {

    private static final int FAILED = 1;

    Main() {
    }

    public static void main(String... args) {
        quieten();
        try {
            var environment = Environment.ofProcess();
            Ports.requirePage(environment);
            Machine.mediaFolder(environment).ifPresent(FolderCheck::run);
            Machine.start(environment).settings().forEach(System::setProperty);
        } catch (RuntimeException e) {
            end(FAILED, e);
        }
        // Without this, Quarkus would print the stack trace of what keeps it from starting.
        Quarkus.run(Welcome.class, Main::end, args);
    }

    private static void end(int code, @Nullable Throwable failure) {
        if (failure != null) {
            org.jboss.logging.Logger.getLogger(Main.class).debug("The start failed", failure);
            System.err.println("openphone-import could not start. " + StartFailure.of(failure).sentence());
        }
        System.exit(code);
    }

    /**
     * The embedded servers tell each step of their start, and Hibernate of a database that it does not know yet, before the
     * application's configuration of the log is read.
     */
    private static void quieten() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Stream.of("io.zonky", "org.elasticmq", "org.apache.pekko", "org.hibernate")
                .forEach(name -> Logger.getLogger(name).setLevel(Level.WARNING));
    }
}
