package org.openphoneimport.prospect;

/**
 * About how much there is to read, by a sample.
 *
 * @param conversations of the workspace
 * @param messages in them
 * @param calls in them, and of groups
 * @param numbers of the workspace's own
 * @param pages that were looked at
 */
public record Size(Range conversations, Range messages, Range calls, int numbers, int pages) {

    private static final double PAGE = 50;
    private static final double PAGE_OF_WITNESS = 100;
    private static final int SAMPLE_OF_WITNESS = 200;
    private static final int PARTS_OF_CALL = 2;
    private static final int PARTS_OF_NUMBER = 3;

    /**
     * Requests that a run through the API of 2026-03-30 needs for it; those for contacts, whose number is not known, come on
     * top.
     *
     * @param witnessed whether v1 confirms it
     */
    public Range requests(boolean witnessed) {
        var lists = conversations.plus(messages).plus(calls).times(1 / PAGE);
        var parts = calls.times(PARTS_OF_CALL).plus((long) PARTS_OF_NUMBER * numbers);
        var read = lists.plus(parts);
        return witnessed ? read.plus(conversations.times(1 / PAGE_OF_WITNESS))
                .plus(Math.min(SAMPLE_OF_WITNESS, conversations.high())) : read;
    }
}
