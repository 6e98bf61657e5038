package io.pagecache.esi;

import io.pagecache.esi.EsiReader.Malformed;
import io.pagecache.esi.EsiTag.Attribute;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an element's attributes say. A mistake is told, and the attribute counts as absent. */
final class EsiAttributes {
    /** Told what is wrong. */
    @FunctionalInterface
    interface Complaints {
        void problem(int offset, String message);
    }

    private static final List<String> OF_INCLUDE = List.of("src", "alt", "onerror", "timeout", "ttl", "max-age");

    private final Complaints complaints;

    EsiAttributes(Complaints complaints) {
        this.complaints = complaints;
    }

    /** Null when there is nothing to include. */
    @Nullable
    EsiInclude include(EsiTag tag) {
        for (String name : tag.attributes().keySet()) {
            if (!OF_INCLUDE.contains(name)) {
                complaints.problem(
                        tag.start(),
                        "unknown attribute '" + name + "' of include: expected " + String.join(", ", OF_INCLUDE));
            }
        }
        EsiText src = address(tag, "src");
        EsiText alt = address(tag, "alt");
        if (src == null) {
            if (tag.attribute("src") == null) {
                complaints.problem(tag.start(), "'include' needs a 'src': it shows nothing");
            }
            return null;
        }
        return new EsiInclude(src, alt, continues(tag), terms(tag));
    }

    private boolean continues(EsiTag tag) {
        Attribute onerror = tag.attribute("onerror");
        if (onerror != null && !onerror.value().equals("continue")) {
            complaints.problem(onerror.offset(), "'onerror' is '" + onerror.value() + "': expected 'continue'");
        }
        return onerror != null && onerror.value().equals("continue");
    }

    private EsiInclude.Terms terms(EsiTag tag) {
        Attribute age = tag.attribute("max-age");
        Duration maxAge = null;
        Duration staleFor = Duration.ZERO;
        if (age != null) {
            int plus = age.value().indexOf('+');
            maxAge = span("max-age", age, plus < 0 ? age.value() : age.value().substring(0, plus));
            Duration stale = plus < 0 ? null : span("max-age", age, age.value().substring(plus + 1));
            staleFor = stale == null ? Duration.ZERO : stale;
        }
        return new EsiInclude.Terms(span(tag, "timeout"), span(tag, "ttl"), maxAge, staleFor);
    }

    private @Nullable Duration span(EsiTag tag, String name) {
        Attribute attribute = tag.attribute(name);
        return attribute == null ? null : span(name, attribute, attribute.value());
    }

    private @Nullable Duration span(String name, Attribute attribute, String text) {
        Duration span = EsiSpan.parse(text);
        if (span == null) {
            complaints.problem(attribute.offset(), "'" + name + "' is '" + text + "': " + EsiSpan.EXPECTED);
        }
        return span;
    }

    private @Nullable EsiText address(EsiTag tag, String name) {
        Attribute attribute = tag.attribute(name);
        if (attribute == null) {
            return null;
        }
        try {
            return EsiText.parse(attribute.value());
        } catch (Malformed malformed) {
            complaints.problem(attribute.offsetOf(malformed.offset()), "in '" + name + "': " + malformed.problem());
            return null;
        }
    }

    EsiExpression test(EsiTag tag) {
        Attribute attribute = tag.attribute("test");
        if (attribute == null) {
            complaints.problem(tag.start(), "'when' needs a 'test': it is never chosen");
            return EsiExpression.NEVER;
        }
        try {
            return EsiExpressionParser.parse(attribute.value());
        } catch (Malformed malformed) {
            complaints.problem(
                    attribute.offsetOf(malformed.offset()),
                    "in 'test': " + malformed.problem() + ": the alternative is never chosen");
            return EsiExpression.NEVER;
        }
    }

    @Nullable
    String text(EsiTag tag, String name) {
        Attribute attribute = tag.attribute(name);
        return attribute == null ? null : attribute.value();
    }
}
