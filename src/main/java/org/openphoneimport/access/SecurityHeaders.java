package org.openphoneimport.access;

import java.util.Map;

import io.vertx.ext.web.RoutingContext;

/** What browsers are told about everything that is served: nothing from elsewhere, nothing inline, in no frame. */
final class SecurityHeaders {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            // With no-referrer browsers would send our own forms with "Origin: null".
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private SecurityHeaders() {
    }

    static void add(RoutingContext context) {
        var headers = context.response().headers();
        HEADERS.forEach(headers::set);
        var path = context.normalizedPath();
        if (path.equals("/page.css") || path.equals("/page.js") || path.startsWith("/webjars/")) {
            // Their addresses change with their content.
            headers.set("Cache-Control", "public, max-age=31536000, immutable");
        } else {
            // Runs change, and what they show is for signed-in people only.
            headers.set("Cache-Control", "no-store");
        }
    }
}
