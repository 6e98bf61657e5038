package io.pagecache.variants;

import io.pagecache.http.FieldList;
import io.pagecache.http.Grammar;
import io.pagecache.http.Headers;
import io.pagecache.http.VaryFields;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.plan.Variants;
import io.pagecache.plan.Variants.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an answer says it depends on besides {@code Vary}: cookies ({@code Pagecache-Cookies}) and experiments ({@code
 * Pagecache-Experiments}, or the rule), as names of fields to select variants by. So the look-up takes two steps: the URL's record
 * tells which of a reader's cookies and groups matter, and their values select the variant.
 */
public final class Dependencies {
    public static final String COOKIES = "Pagecache-Cookies";
    public static final String EXPERIMENTS = "Pagecache-Experiments";

    /** More than any page can mean; each name costs every look-up. */
    static final int MOST = 16;

    private static final int LONGEST_NAME = 128;

    private final Set<String> experimentFields;
    private final List<String> groupCookies;

    public Dependencies(Variants variants) {
        this.experimentFields = variants.experiments().stream()
                .map(experiment -> Experiments.fieldOf(experiment.name()))
                .collect(Collectors.toUnmodifiableSet());
        this.groupCookies =
                variants.experiments().stream().map(Experiment::cookie).toList();
    }

    /** Cookies by which an answer cannot be one reader's: those it names, those of the rule, and those of groups. */
    public List<String> sharedCookies(Headers answer, KeyOptions key) {
        List<String> names = new ArrayList<>(key.cookies());
        names.addAll(FieldList.members(answer, COOKIES));
        names.addAll(groupCookies);
        return names;
    }

    /** Whether the names in an answer can be acted on: tokens, and not too many. What cannot be told apart must not be kept. */
    public static boolean areUnderstood(Headers answer) {
        return areUnderstood(FieldList.members(answer, COOKIES))
                && areUnderstood(FieldList.members(answer, EXPERIMENTS));
    }

    private static boolean areUnderstood(List<String> names) {
        for (String name : names) {
            if (name.length() > LONGEST_NAME || !Grammar.isToken(name)) {
                return false;
            }
        }
        return names.size() <= MOST;
    }

    /** Names of the fields that tell variants of this answer apart, besides {@code Vary}'s. */
    public List<String> fields(Headers answer, KeyOptions key) {
        List<String> fields = new ArrayList<>(0);
        for (String cookie : FieldList.members(answer, COOKIES)) {
            fields.add(VaryFields.COOKIE + cookie);
        }
        for (String experiment : key.experiments()) {
            addKnown(fields, experiment);
        }
        for (String experiment : FieldList.members(answer, EXPERIMENTS)) {
            addKnown(fields, experiment.toLowerCase(Locale.ROOT));
        }
        return fields;
    }

    private void addKnown(List<String> fields, String experiment) {
        String field = Experiments.fieldOf(experiment);
        if (experimentFields.contains(field) && !fields.contains(field)) {
            fields.add(field);
        }
    }
}
