package org.openphoneimport.local;

import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** {@code ./mvnw -Plocal}: starts what is not configured, then the application on top of it. */
@QuarkusMain
public class Main {

    Main() {
    }

    public static void main(String... args) {
        quieten();
        try {
            Machine.start().settings().forEach(System::setProperty);
        } catch (RuntimeException e) {
            System.err.println("openphone-import could not start. " + e.getMessage());
            System.exit(1);
        }
        Quarkus.run(Welcome.class, args);
    }

    /** The embedded servers tell each step of their start, before the application's configuration of the log is read. */
    private static void quieten() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Stream.of("io.zonky", "org.elasticmq", "org.apache.pekko")
                .forEach(name -> Logger.getLogger(name).setLevel(Level.WARNING));
    }
}
