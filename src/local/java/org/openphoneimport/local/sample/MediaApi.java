package org.openphoneimport.local.sample;

import java.util.regex.Pattern;

import org.openphoneimport.local.sample.http.Api;
import org.openphoneimport.local.sample.http.Reply;
import org.openphoneimport.local.sample.http.SampleRequest;

/** The host where the files are. It belongs to others: a request with the API key is told so. */
final class MediaApi implements Api {

    private static final Pattern FILE = Pattern.compile("/static/(messages|recordings|voicemails|notes)/[\\w-]+\\.\\w+");

    @Override
    public String template(String path) {
        return path.replaceFirst("/[^/]+$", "/{file}");
    }

    @Override
    public Reply answer(SampleRequest request) {
        if (request.header("Authorization").isPresent()) {
            return Reply.html(400, "<!DOCTYPE html><title>Bad Request</title>Authorization does not belong here");
        }
        if (!request.method().equals("GET") || !FILE.matcher(request.path()).matches()) {
            return Reply.html(404, "<!DOCTYPE html><title>Not Found</title>No such file");
        }
        return Reply.of(200, SampleMedia.contentType(request.path()), SampleMedia.bytes(request.path()));
    }
}
