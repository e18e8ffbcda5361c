package org.openphoneimport.local.sample.http;

/** What a host serves. Called by many threads at once. */
public interface Api {

    /** Returns the path with its variables unnamed, for the log; the path itself if there is no such route. */
    String template(String path);

    /** Answers a request; refusals are answers too. */
    Reply answer(SampleRequest request);
}
