package org.openphoneimport.testsupport;

import java.util.HashMap;
import java.util.Map;

/** The page as others reach it, where both generations of the API read, as they do unless something else is configured. */
public class BothApisProfile extends PageProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("openphone.api", "auto");
        return settings;
    }
}
