package org.openphoneimport.reading;

import java.util.UUID;

import org.openphoneimport.openphone.TimeSlice;

/**
 * A slice of time that has not been read to its end: everything that was created in it. It is a batch of its own.
 *
 * @param checkpoint where reading goes on
 * @param unfiltered whether OpenPhone is known to ignore the range
 */
public record OpenSlice(UUID batch, TimeSlice range, SliceCheckpoint checkpoint, boolean unfiltered) implements OpenItem {

    /** The batch's: OpenPhone knows no slices. */
    @Override
    public String id() {
        return batch.toString();
    }

    @Override
    public String kind() {
        return "periods";
    }
}
