package io.pagecache.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The built chart, rendered by Helm's own library in this process.
 *
 * @param directory the folder with {@code Chart.yaml}: {@code helm/target/chart/pagecache} after a build
 */
public record PagecacheChart(Path directory) {
    /** What the chart is rendered for: Helm's library has no cluster to ask, and its own guess is older than any in use. */
    private static final String KUBERNETES = "v1.36.0";

    /**
     * The manifests of a release, as YAML documents.
     *
     * @param values by their path, such as {@code operator.replicas}
     * @throws RuntimeException with Helm's message when the values do not fit the schema or a template fails
     */
    public String render(String release, String namespace, Map<String, ?> values) {
        TemplateCommand command = template(release, namespace);
        values.forEach(command::set);
        return command.call();
    }

    /** Like {@link #render(String, String, Map)}, with the values in a YAML file. */
    public String render(String release, String namespace, Path valuesFile) {
        return template(release, namespace).withValuesFile(valuesFile).call();
    }

    /** What {@code helm lint --strict} finds wrong; empty when nothing is. */
    public List<String> lint() {
        LintResult result = new Helm(directory).lint().strict().call();
        return result.isFailed() ? result.getMessages() : List.of();
    }

    private TemplateCommand template(String release, String namespace) {
        return new Helm(directory)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(KUBERNETES);
    }
}
