package org.openphoneimport.media;

/** What stands in a record of the media queue: which file is to be downloaded. The rest stands in the table. */
public record MediaRecord(long mediaId) {
}
