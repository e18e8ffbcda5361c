package org.openphoneimport.media;

import java.net.InetAddress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Names have the addresses that the system's resolver tells. */
final class SystemNames {

    @Produces
    @ApplicationScoped
    static NameResolver resolver() {
        return InetAddress::getAllByName;
    }
}
