package org.openphoneimport.local.sample;

import java.util.List;

/** What people of the sample workspace are called, write and say. */
final class Words {

    static final List<String> FIRST_NAMES = List.of("Ada", "Björn", "Chloé", "Dmitri", "Esi", "Farah", "Gus", "Hana", "Ines",
            "Jamal", "Keiko", "Liam", "María", "Noor", "Oskar", "Priya", "Quinn", "Rosa", "Siobhán", "Tariq", "Uma", "Vera",
            "Wen", "Ximena", "Yusuf", "Zoë");
    static final List<String> LAST_NAMES = List.of("Abara", "Brandt", "Castillo", "D'Souza", "Eriksen", "Fujita", "García",
            "Haddad", "Ivanova", "Jensen", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "O'Neill", "Petrov", "Quist", "Rossi",
            "Saito", "Tran", "Ueda", "Vance", "Weiss", "Xu", "Yildiz", "Zhang");
    static final List<String> COMPANIES = List.of("Alder & Pine", "Blue Door Bakery", "Copper Kettle", "Dune Logistics",
            "Elm Street Clinic", "Foxglove Florist", "Granite Gym", "\"Harbor\" Yoga");

    private static final List<String> OPENINGS = List.of("Hi", "Hello", "Good morning", "Thanks", "Quick question",
            "Just a reminder", "Sorry for the delay", "No problem");
    private static final List<String> MATTERS = List.of("your bike is ready for pickup", "the brake pads came in today",
            "could we move the appointment to Thursday", "the estimate is $185 plus parts", "do you have a 54 cm frame",
            "I left my helmet at the shop", "we close at 6 pm today", "the tune-up took a bit longer than planned",
            "the invoice is in your inbox", "can you send a photo of the wheel", "see you on Saturday at 10");
    private static final List<String> ENDINGS = List.of(".", "!", "?", " Thanks.", " - Northside Bike Repair",
            " Reply STOP to opt out.");
    private static final List<String> SPECIAL = List.of("Perfect 👍🏽🚲", "👩‍👩‍👧‍👦 all four bikes 🙏",
            "She said \"it's fine\", so we'll keep it \\ as is", "Line one\nLine two\n\n  - indented\r\n\tand a tab",
            "مرحبا، هل الدراجة جاهزة؟", "שלום, מתי אפשר לבוא?", "自転車の修理は終わりましたか？",
            "a < b && b > c; <b>not bold</b> &amp;", "ﬁ ligature, e\u0301 combined, zero\u200Bwidth, \u202Eoverride\u202C",
            "'; DROP TABLE messages; --");
    private static final int LONGEST = 1600;

    private Words() {
    }

    /** Returns a text message: most are ordinary, some are what breaks careless software, few have 1600 characters. */
    static String text(Dice dice) {
        if (dice.chance(0.05)) {
            return dice.pick(SPECIAL);
        }
        return dice.chance(0.003) ? longest(dice) : sentence(dice);
    }

    /** Returns an ordinary sentence. */
    static String sentence(Dice dice) {
        return dice.pick(OPENINGS) + ", " + dice.pick(MATTERS) + dice.pick(ENDINGS);
    }

    private static String longest(Dice dice) {
        var text = new StringBuilder();
        while (text.length() < LONGEST) {
            text.append(sentence(dice)).append(' ');
        }
        return text.substring(0, LONGEST);
    }
}
