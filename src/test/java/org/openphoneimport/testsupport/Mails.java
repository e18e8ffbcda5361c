package org.openphoneimport.testsupport;

import java.util.Arrays;
import java.util.List;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;

/** A mail server on loopback that keeps what it gets. */
public final class Mails implements AutoCloseable {

    private final GreenMail server;

    private Mails(GreenMail server) {
        this.server = server;
    }

    static Mails open() {
        var server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        return new Mails(server);
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** What came, with headers. */
    public List<String> texts() {
        return Arrays.stream(server.getReceivedMessages()).map(GreenMailUtil::getWholeMessage).toList();
    }

    /** Forgets what came. */
    public void purge() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException("Failed to forget mails: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
