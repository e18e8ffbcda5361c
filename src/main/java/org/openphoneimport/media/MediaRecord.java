package org.openphoneimport.media;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What stands in a record of the media queue: which file is to be downloaded. The rest stands in the table. */
@RegisterForReflection
public record MediaRecord(long mediaId) {
}
