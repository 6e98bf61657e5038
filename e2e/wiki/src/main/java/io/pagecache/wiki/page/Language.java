package io.pagecache.wiki.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language the site's frame is written in; the articles are in English. */
public enum Language {
    EN,
    DE,
    FR;

    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The best of a reader's languages by weight, then order (RFC 9110 section 12.5.4); English for all others. */
    public static Language of(@Nullable String acceptLanguage) {
        Language best = EN;
        double bestWeight = 0;
        for (String range : (acceptLanguage == null ? "" : acceptLanguage).split(",", 64)) {
            String[] parts = range.split(";", 2);
            double weight = parts.length == 1 ? 1 : weight(parts[1]);
            for (Language language : values()) {
                if (weight > bestWeight && language.matches(parts[0].strip())) {
                    best = language;
                    bestWeight = weight;
                }
            }
        }
        return best;
    }

    private boolean matches(String range) {
        String wanted = range.toLowerCase(Locale.ROOT);
        return wanted.equals(tag()) || wanted.startsWith(tag() + "-");
    }

    private static double weight(String parameter) {
        String text = parameter.strip();
        try {
            return text.startsWith("q=") ? Double.parseDouble(text.substring(2)) : 1;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
