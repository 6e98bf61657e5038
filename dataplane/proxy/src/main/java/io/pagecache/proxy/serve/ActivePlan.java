package io.pagecache.proxy.serve;

import io.pagecache.admission.AdmissionRules;
import io.pagecache.author.AuthorRules;
import io.pagecache.http.ControlHeaders;
import io.pagecache.key.ForwardedHeaders;
import io.pagecache.key.KeyBuilder;
import io.pagecache.match.RuleMatcher;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.proxy.elements.ElementBatch;
import io.pagecache.proxy.origin.OriginClient;
import io.pagecache.proxy.origin.OutboundHeaders;
import io.pagecache.storing.Invalidation;
import io.pagecache.storing.StoreDecider;
import io.pagecache.template.ElementTemplates;
import io.pagecache.template.PageCompiler;
import io.pagecache.template.PageRenderer;
import io.pagecache.template.TemplateProblem;
import io.pagecache.url.InternalLinks;
import io.pagecache.url.UrlRules;
import io.pagecache.variants.Dependencies;
import io.pagecache.variants.Experiments;
import io.pagecache.variants.LanguageHosts;
import java.util.function.DoubleSupplier;

/** A plan with everything that is made from it once: what a request needs is ready when the request comes. */
public record ActivePlan(
        CachePlan plan,
        RuleMatcher rules,
        AdmissionRules admission,
        KeyBuilder keys,
        ForwardedHeaders forwarded,
        OutboundHeaders outbound,
        StoreDecider storing,
        Invalidation invalidation,
        Dependencies dependencies,
        Experiments experiments,
        LanguageHosts languageHosts,
        ToldValues told,
        ControlHeaders control,
        PageCompiler compiler,
        PageRenderer renderer,
        ElementBatch elements,
        OriginClient origin,
        AuthorRules authors,
        UrlRules urls,
        InternalLinks links) {

    /**
     * @param chance yields numbers from 0.0 to below 1.0, to divide readers among the groups of experiments
     * @throws InvalidPlanException when an expression, an element or a fallback of the plan cannot be compiled
     */
    public static ActivePlan compile(
            CachePlan plan, ElementBatch elements, OriginClient origin, DoubleSupplier chance) {
        ElementTemplates templates = ElementTemplates.of(plan.pages());
        for (TemplateProblem problem : templates.problems()) {
            throw new InvalidPlanException("pages.elements", problem.toString());
        }
        RuleMatcher rules = new RuleMatcher(plan);
        KeyBuilder keys = new KeyBuilder();
        OutboundHeaders outbound = new OutboundHeaders(plan.origin(), plan.urls());
        return new ActivePlan(
                plan,
                rules,
                new AdmissionRules(plan),
                keys,
                new ForwardedHeaders(plan),
                outbound,
                new StoreDecider(plan),
                new Invalidation(rules, keys),
                new Dependencies(plan.variants()),
                new Experiments(plan.variants().experiments(), chance),
                new LanguageHosts(plan.variants().languageRedirect()),
                ToldValues.of(plan.pages()),
                new ControlHeaders(plan),
                new PageCompiler(plan.pages()),
                new PageRenderer(templates),
                elements,
                origin,
                new AuthorRules(plan),
                new UrlRules(plan.urls()),
                new InternalLinks(plan.urls(), outbound.originAuthority()));
    }
}
