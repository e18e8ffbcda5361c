package org.openphoneimport.frame;

import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.openphoneimport.status.Parameters;

/** The icon of the browser's tab: a ring that closes with the run, in the colour of its state. */
@Path("/icon.svg")
public class IconResource {

    private static final Map<String, String> COLOURS = Map.of("calm", "#6b7280", "busy", "#2563eb", "waiting", "#d97706",
            "good", "#16a34a", "bad", "#dc2626");

    // Colours alone do not tell them apart.
    private static final Map<String, String> SIGNS = Map.of("waiting", "M13 12v8M19 12v8", "good", "M11.5 16.5l3 3 6-7",
            "bad", "M12.5 12.5l7 7M19.5 12.5l-7 7");

    // Of a ring with the radius 12.
    private static final double CIRCUMFERENCE = 2 * Math.PI * 12;

    @GET
    @Produces("image/svg+xml")
    @Operation(hidden = true)
    public String icon(@QueryParam("tone") @Nullable String tone, @QueryParam("percent") @Nullable String percent) {
        var colour = COLOURS.getOrDefault(tone == null ? "calm" : tone, "#6b7280");
        var number = Parameters.number(percent, "percent");
        double part = CIRCUMFERENCE * (number == null ? 100 : Math.clamp(number, 0, 100)) / 100;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="7">\
                <circle cx="16" cy="16" r="12" stroke="%s" stroke-opacity=".25"/>\
                <circle cx="16" cy="16" r="12" stroke="%s" stroke-dasharray="%s %s" transform="rotate(-90 16 16)"/>\
                <path d="%s" stroke="%s" stroke-width="3" stroke-linecap="round"/>\
                </svg>
                """.formatted(colour, colour, Format.rate(part), Format.rate(CIRCUMFERENCE),
                SIGNS.getOrDefault(tone == null ? "calm" : tone, ""), colour);
    }
}
