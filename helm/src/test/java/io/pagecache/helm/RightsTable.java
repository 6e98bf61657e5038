package io.pagecache.helm;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rights as single words {@code group/resource:verb}, from rules or from the tables in the operator's README. */
final class RightsTable {
    private static final Pattern ROW =
            Pattern.compile("^\\| (`[a-z0-9.]+`|core) \\| ((?:`[a-z/]+`(?:, )?)+) \\| ([a-z, ]+) \\|.*");

    private RightsTable() {}

    static Set<String> of(List<PolicyRule> rules) {
        Set<String> rights = new TreeSet<>();
        for (PolicyRule rule : rules) {
            rule.getApiGroups().forEach(group -> add(rights, group, rule.getResources(), rule.getVerbs()));
        }
        return rights;
    }

    static Set<String> read(Path readme) {
        Set<String> rights = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(readme)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    String group =
                            row.group(1).equals("core") ? "" : row.group(1).replace("`", "");
                    add(rights, group, words(row.group(2)), words(row.group(3)));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rights;
    }

    private static List<String> words(String cell) {
        return Arrays.asList(cell.replace("`", "").strip().split(", *"));
    }

    private static void add(Set<String> rights, String group, List<String> resources, List<String> verbs) {
        for (String resource : resources) {
            verbs.forEach(verb -> rights.add(group + "/" + resource + ":" + verb));
        }
    }
}
