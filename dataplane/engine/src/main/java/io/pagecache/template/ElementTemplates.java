package io.pagecache.template;

import io.pagecache.plan.Pages;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Results;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The elements of a plan, compiled. Immutable; rendering is pure and safe from any thread. */
public final class ElementTemplates {
    /*
     * Templates are text from a custom resource, so they get a Qute that can do nothing but print: sections if, for and let; maps,
     * `this` and `or` as the only ways to reach into data; no reflection, no namespaces, no include, no eval, no template loader.
     * Output is HTML-escaped unless the template says `raw`.
     *
     * Qute's own timeout cannot stop a busy loop, so nothing may be able to loop for long: templates are bounded in size and
     * nesting, loops run over lists of values only, which PageValue bounds, at most two deep, and never over numbers (which Qute
     * would count up to). TemplateInspection enforces this before a template is accepted. What is left is bounded by the output
     * limit.
     */
    static final int MAX_OUTPUT = 256 * 1024;

    private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

    private final Map<String, Compiled> elements = new HashMap<>();
    private final List<TemplateProblem> problems = new ArrayList<>();

    private ElementTemplates() {}

    /** Compiles the elements of a plan. A template that cannot be used is reported and shows its fallback. */
    public static ElementTemplates of(Pages pages) {
        Set<String> values = new HashSet<>();
        pages.values().forEach(value -> values.add(value.name()));
        ElementTemplates templates = new ElementTemplates();
        Engine engine = engine();
        for (Pages.Element element : pages.elements()) {
            templates.elements.put(element.name(), templates.compile(engine, element, values));
        }
        return templates;
    }

    private static Engine engine() {
        return Engine.builder()
                .addSectionHelpers(
                        new IfSectionHelper.Factory(), new LoopSectionHelper.Factory(), new SetSectionHelper.Factory())
                .addValueResolvers(
                        ValueResolvers.mapResolver(),
                        ValueResolvers.mapperResolver(),
                        ValueResolvers.thisResolver(),
                        ValueResolvers.orResolver(),
                        ValueResolvers.rawResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .addResultMapper(new MissingAsNothing())
                .strictRendering(false)
                .useAsyncTimeout(false)
                .build();
    }

    private Compiled compile(Engine engine, Pages.Element element, Set<String> values) {
        TemplateProblem oversize = TemplateInspection.ofText(element);
        if (oversize != null) {
            problems.add(oversize);
            return new Compiled(null, Set.of(), element.fallback());
        }
        try {
            Template template = engine.parse(element.template(), HTML, element.name());
            TemplateInspection inspection = new TemplateInspection(element.name(), values);
            TemplateProblem problem = inspection.of(template);
            if (problem == null) {
                return new Compiled(template, inspection.valuesRead(), element.fallback());
            }
            problems.add(problem);
        } catch (TemplateException e) {
            problems.add(problemOf(element.name(), e));
        }
        return new Compiled(null, Set.of(), element.fallback());
    }

    private static TemplateProblem problemOf(String element, TemplateException e) {
        Origin origin = e.getOrigin();
        String message = e.getMessage() == null ? "cannot be parsed" : e.getMessage();
        return origin == null
                ? new TemplateProblem(element, 0, 0, message)
                : new TemplateProblem(element, origin.getLine(), origin.getLineCharacterStart(), message);
    }

    /** What is wrong with templates, in the order of the plan. */
    public List<TemplateProblem> problems() {
        return List.copyOf(problems);
    }

    /** Names of the values that an element reads; none for an element that the plan does not have. */
    Set<String> valuesOf(String element) {
        Compiled compiled = elements.get(element);
        return compiled == null ? Set.of() : compiled.values;
    }

    /** HTML of an element, or its fallback; empty for an element that the plan does not have. */
    String render(String element, Map<String, PageValue> values) {
        Compiled compiled = elements.get(element);
        return compiled == null ? "" : compiled.render(values);
    }

    private record Compiled(@Nullable Template template, Set<String> values, String fallback) {

        String render(Map<String, PageValue> looked) {
            if (template == null) {
                return fallback;
            }
            TemplateInstance instance = template.instance();
            for (String name : values) {
                instance.data(name, looked.getOrDefault(name, PageValue.MISSING).tree());
            }
            Output output = new Output();
            try {
                instance.consume(output::append).toCompletableFuture().getNow(null);
            } catch (RuntimeException e) {
                return fallback;
            }
            return output.isTooLong ? fallback : output.text.toString();
        }
    }

    private static final class Output {
        private final StringBuilder text = new StringBuilder(256);
        private boolean isTooLong;

        void append(String piece) {
            isTooLong |= text.length() + (long) piece.length() > MAX_OUTPUT;
            if (!isTooLong) {
                text.append(piece);
            }
        }
    }

    /** What is missing prints as nothing. */
    private static final class MissingAsNothing implements ResultMapper {
        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return result == null || Results.isNotFound(result);
        }

        @Override
        public String map(Object result, io.quarkus.qute.Expression expression) {
            return "";
        }

        @Override
        public int getPriority() {
            return DEFAULT_PRIORITY + 10;
        }
    }
}
