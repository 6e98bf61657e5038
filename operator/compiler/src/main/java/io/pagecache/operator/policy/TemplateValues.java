package io.pagecache.operator.policy;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a template prints is a value of the policy. Names that a section gives count everywhere in the template: the proxy,
 * which knows their scopes, is stricter.
 */
final class TemplateValues {
    /** An expression that is printed, up to the end of its first name; a brace as text has a backslash before it. */
    private static final Pattern PRINTED = Pattern.compile("(?<!\\\\)\\{([A-Za-z_][A-Za-z0-9_-]*)(?=[}.\\s?|])");

    private static final Pattern LOOP = Pattern.compile("\\{#(?:for|each)\\s+([A-Za-z_][A-Za-z0-9_-]*)\\s+in\\s");
    private static final Pattern LET = Pattern.compile("\\{#(?:let|set)\\s+([^}]*)}");
    private static final Pattern GIVEN = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)\\s*\\??=");
    private static final Set<String> ALWAYS = Set.of("it", "this", "true", "false", "null");

    private TemplateValues() {}

    static Optional<String> problemOf(String template, Set<String> declared) {
        Set<String> given = namesGivenIn(template);
        Matcher printed = PRINTED.matcher(withoutComments(template));
        while (printed.find()) {
            String name = printed.group(1);
            if (!declared.contains(name) && !isGiven(name, given)) {
                return Optional.of("at %s of the template, '%s' is no value of the policy: declared %s"
                        .formatted(
                                place(template, printed.start()),
                                name,
                                declared.isEmpty() ? "none is" : String.join(", ", new TreeSet<>(declared))));
            }
        }
        return Optional.empty();
    }

    /** Of the same length, so that places stay the same. */
    private static String withoutComments(String template) {
        return Pattern.compile("\\{!.*?!}", Pattern.DOTALL)
                .matcher(template)
                .replaceAll(comment -> " ".repeat(comment.group().length()));
    }

    private static Set<String> namesGivenIn(String template) {
        Set<String> given = new HashSet<>();
        Matcher loop = LOOP.matcher(template);
        while (loop.find()) {
            given.add(loop.group(1));
        }
        Matcher let = LET.matcher(template);
        while (let.find()) {
            Matcher name = GIVEN.matcher(let.group(1));
            while (name.find()) {
                given.add(name.group(1));
            }
        }
        return given;
    }

    /** A name that a section gives, or what loops say of it: {@code item_count}. */
    private static boolean isGiven(String name, Set<String> given) {
        int underscore = name.lastIndexOf('_');
        return ALWAYS.contains(name)
                || given.contains(name)
                || underscore > 0 && (given.contains(name.substring(0, underscore)) || name.startsWith("it_"));
    }

    private static String place(String template, int offset) {
        long line =
                1 + template.substring(0, offset).chars().filter(c -> c == '\n').count();
        return line + ":" + (offset - template.lastIndexOf('\n', offset - 1));
    }
}
