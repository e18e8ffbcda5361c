package org.openphoneimport.frame;

import org.jspecify.annotations.Nullable;

/**
 * One of the bars that show how far a run is. A percentage stands only where the total is known.
 *
 * @param label what is counted
 * @param done so far
 * @param total known by now, or null
 * @param expected in the end, to draw by while the total is not known, or null
 * @param ofWhat what is said in place of the total while it is not known, such as {@code of about 20,000}
 * @param ended whether nothing is added any more
 * @param lost how many were tried and are not here
 * @param lostWords the same in words; empty for none
 */
public record Bar(String label, long done, @Nullable Long total, @Nullable Long expected, String ofWhat, boolean ended,
        long lost,
        String lostWords) {

    Bar(String label, long done, @Nullable Long total, @Nullable Long expected, String ofWhat, boolean ended) {
        this(label, done, total, expected, ofWhat, ended, 0, "");
    }

    /** Whether it is striped: how much is to come is unknown. */
    public boolean open() {
        return total == null && !ended;
    }

    /** Never 100 before the end. */
    public @Nullable Integer percent() {
        if (total == null) {
            return null;
        }
        return total == 0 ? Integer.valueOf(100) : Integer.valueOf((int) Math.min(100, 100 * done / total));
    }

    /** What is drawn. A striped bar is a guess, and never looks full. */
    public int width() {
        var percent = percent();
        if (percent != null) {
            return percent;
        }
        return open() && expected != null && expected > 0 ? (int) Math.min(95, 100 * done / expected) : 0;
    }

    /** Where there is nothing to count, nothing is drawn. */
    public boolean none() {
        return total != null && total == 0;
    }

    /** How much of it is drawn as lost: little of much is to be seen, too. */
    public int lostWidth() {
        return lost == 0 || total == null || total == 0 ? 0 : Math.clamp(100 * lost / total, 1, 100);
    }

    /** Where that begins. */
    public int lostFrom() {
        return Math.min(width(), 100 - lostWidth());
    }

    public String count() {
        var lostToo = lostWords.isEmpty() ? "" : ", " + lostWords;
        if (total == null) {
            return Format.exact(done) + (ofWhat.isEmpty() ? "" : " " + ofWhat) + lostToo;
        }
        return total == 0 ? "none" : Format.exact(done) + " of " + Format.exact(total) + lostToo;
    }

    /** As it is read aloud. */
    public String spoken() {
        var percent = percent();
        return percent == null ? count() : count() + ", " + percent + " percent";
    }
}
