package org.openphoneimport.local.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * What one conversation will be like.
 *
 * @param twin whether an older, deleted conversation of the same parties exists too
 */
record ThreadPlan(Kind kind, int messages, int calls, boolean twin) {

    /** What kinds of conversations there are. */
    enum Kind {
        SINGLE_TEXT,
        TWO_WAY,
        LONG,
        GROUP,
        CALLS_ONLY,
        EMPTY
    }

    private static final double MESSAGES_EACH = 25_000 / 7_000d;
    private static final double CALLS_EACH = 1_000 / 7_000d;
    private static final double CALLS_TOGETHER = 1.5;

    /**
     * Returns the plans of a whole workspace. Two thirds are single texts, a fiftieth each are groups and calls only; messages
     * and calls are in proportion to 25,000 and 1,000 of 7,000 conversations. Below 1,000 conversations the long threads, on
     * which paging is tried, make it some more messages: their lengths follow the size of a page.
     */
    static List<ThreadPlan> forWorkspace(int conversations, int pageSize, Dice dice) {
        int single = Math.round(conversations * 2 / 3f);
        var plans = new ArrayList<ThreadPlan>();
        lengths(conversations, pageSize, dice)
                .forEach(length -> plans.add(new ThreadPlan(Kind.LONG, length, dice.between(0, 3), false)));
        for (int i = 0; i < share(conversations, 50); i++) {
            plans.add(new ThreadPlan(Kind.GROUP, dice.between(2, 14), i < 3 || dice.chance(0.1) ? 1 : 0, false));
            plans.add(new ThreadPlan(Kind.CALLS_ONLY, 0, dice.between(1, 3), false));
        }
        for (int i = 0; i < share(conversations, 100); i++) {
            plans.add(new ThreadPlan(Kind.EMPTY, 0, 0, false));
        }
        int twins = share(conversations, 350);
        int twoWay = conversations - single - plans.size() - twins;
        double mean = (conversations * MESSAGES_EACH - single - messages(plans)) / Math.max(1, twoWay + twins);
        double callMean = (conversations * CALLS_EACH - calls(plans)) / Math.max(1, twoWay);
        for (int i = 0; i < twoWay; i++) {
            int calls = dice.chance(callMean / CALLS_TOGETHER) ? dice.pick(List.of(1, 1, 1, 1, 1, 2, 2, 3)) : 0;
            plans.add(new ThreadPlan(Kind.TWO_WAY, dice.around(2, mean, 95), calls, i < twins));
        }
        while (plans.size() + twins < conversations) {
            plans.add(new ThreadPlan(Kind.SINGLE_TEXT, 1, 0, false));
        }
        return plans;
    }

    /** Long ones: always one above five pages, and where there is room those that end exactly with a page. */
    private static List<Integer> lengths(int conversations, int pageSize, Dice dice) {
        var lengths = new ArrayList<Integer>();
        if (conversations >= 200) {
            lengths.add(pages(pageSize, 5.1, 5.6, dice));
            lengths.add(pages(pageSize, 2.8, 3.2, dice));
            lengths.add(pages(pageSize, 2.05, 2.4, dice));
        } else if (conversations >= 20) {
            lengths.add(pages(pageSize, 2.05, 2.4, dice));
        }
        if (conversations >= 1000) {
            lengths.addAll(List.of(pageSize, 2 * pageSize, pageSize + 1));
        }
        for (int i = 0; i < conversations / 1750; i++) {
            lengths.add(pages(pageSize, 1.5, 4.5, dice));
        }
        return lengths;
    }

    private static int pages(int pageSize, double from, double to, Dice dice) {
        return dice.between((int) Math.round(from * pageSize), (int) Math.round(to * pageSize));
    }

    private static int share(int conversations, int part) {
        return conversations < 20 ? 0 : Math.max(1, conversations / part);
    }

    private static int messages(List<ThreadPlan> plans) {
        return plans.stream().mapToInt(ThreadPlan::messages).sum();
    }

    private static int calls(List<ThreadPlan> plans) {
        return plans.stream().mapToInt(ThreadPlan::calls).sum();
    }
}
