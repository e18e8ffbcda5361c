package org.openphoneimport.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Takes scheme and host off redirects to ourselves. The frameworks write them whole, but behind a relay or a proxy no code here
 * knows by what scheme and port the browser came; it does.
 */
final class RelativeRedirects {

    private RelativeRedirects() {
    }

    static void add(RoutingContext context) {
        context.addHeadersEndHandler(_ -> {
            var headers = context.response().headers();
            var location = headers.get(HttpHeaders.LOCATION);
            if (location != null) {
                headers.set(HttpHeaders.LOCATION, relative(location, String.valueOf(context.request().authority())));
            }
        });
    }

    static String relative(String location, String authority) {
        for (var scheme : new String[] { "http://", "https://" }) {
            var own = scheme + authority + "/";
            if (location.startsWith(own)) {
                return location.substring(own.length() - 1);
            }
        }
        return location;
    }
}
