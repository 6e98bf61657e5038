package io.pagecache.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What kind of device asks, by the client's own word: client hints first, then words in {@code User-Agent}. Four classes, so that
 * a page has at most four variants however many devices there are.
 */
public enum DeviceClass {
    DESKTOP,
    MOBILE,
    TABLET,
    BOT;

    /** Tells the origin the class. */
    public static final String FIELD = "X-Device-Class";

    /** Words beyond this are not looked at: real ones are a quarter as long. */
    private static final int LONGEST_AGENT = 512;

    private static final String[] BOTS = {
        "bot", "crawl", "spider", "slurp", "facebookexternalhit", "mediapartners-google", "lighthouse", "headless"
    };
    private static final String[] TABLETS = {"ipad", "tablet", "kindle", "playbook", "silk/"};
    private static final String[] PHONES = {
        "iphone", "ipod", "mobile", "windows phone", "opera mini", "blackberry", "bb10"
    };

    private final String token = name().toLowerCase(Locale.ROOT);

    /** The class as it is written everywhere: lower case. */
    public String token() {
        return token;
    }

    /** A request that says nothing comes from a desktop. */
    public static DeviceClass of(Headers headers) {
        String agent = shortened(headers.first("User-Agent"));
        if (containsAny(agent, BOTS)) {
            return BOT;
        }
        if (containsAny(agent, TABLETS)) {
            return TABLET;
        }
        String hint = headers.first("Sec-CH-UA-Mobile");
        if (hint != null && hint.strip().equals("?1")) {
            return MOBILE;
        }
        if (containsAny(agent, PHONES)) {
            return MOBILE;
        }
        return agent.contains("android") ? TABLET : DESKTOP;
    }

    private static String shortened(@Nullable String agent) {
        if (agent == null) {
            return "";
        }
        String text = agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent;
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean containsAny(String agent, String[] words) {
        for (String word : words) {
            if (agent.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
