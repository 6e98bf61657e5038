package io.pagecache.proxy.serve;

import io.pagecache.esi.EsiVariables;
import io.pagecache.freshness.JoinedLifetime;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.proxy.elements.Gathering;
import io.pagecache.proxy.serve.FragmentLoader.Loaded;
import io.pagecache.template.ChosenPage;
import io.pagecache.template.CompiledPage;
import io.pagecache.template.FragmentCall;
import io.pagecache.template.PageInputs;
import io.pagecache.template.PageRenderer;
import io.pagecache.template.PageValue;
import io.pagecache.template.RenderedPage;
import io.pagecache.variants.Experiments;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes one reader's copy of a page with elements. Its values are looked up at once, then its fragments are called at once; only
 * what stands in for an absent fragment is called after that.
 */
final class PageJoiner {
    /** Fields of the source that say nothing true about a joined copy. */
    private static final Set<String> OF_THE_SOURCE = Set.of(
            "cache-control",
            "expires",
            "pragma",
            "etag",
            "last-modified",
            "accept-ranges",
            "content-md5",
            "content-encoding",
            "age",
            "date");

    private final FragmentLoader fragments;

    PageJoiner(FragmentLoader fragments) {
        this.fragments = fragments;
    }

    Future<Joined> join(PageVisit visit, CompiledPage page) {
        Gathering gathering = visit.plan().elements().begin(visit.request());
        boolean looksOnly = looksOnly(visit);
        return gathering
                .gather(visit.plan().renderer().valuesNeeded(page), looksOnly ? Map.of() : page.effects())
                .compose(values -> new Joining(visit, page, values).next())
                .compose(joining -> {
                    PageRenderer renderer = visit.plan().renderer();
                    ChosenPage chosen = renderer.choose(page, joining.inputs);
                    Future<Map<String, PageValue>> values =
                            looksOnly || chosen.effects().isEmpty()
                                    ? Future.succeededFuture(joining.inputs.values())
                                    : gathering.carryOut(chosen.effects());
                    return values.map(done -> new Joined(page, renderer.render(chosen, done), joining.loaded));
                });
    }

    /** For a HEAD nobody sees the page, nor its fragments, so nothing is counted and nothing taken. */
    private static boolean looksOnly(PageVisit visit) {
        Inclusion inclusion = visit.visit().inclusion();
        return visit.isHead() || (inclusion != null && inclusion.looksOnly());
    }

    private final class Joining {
        private final PageRenderer renderer;
        private final Visit visit;
        private final CompiledPage page;
        private final PageInputs inputs;
        private final List<Loaded> loaded = new ArrayList<>();

        Joining(PageVisit visit, CompiledPage page, Map<String, PageValue> values) {
            this.renderer = visit.plan().renderer();
            this.visit = page.esi().includes() ? fragments.calling(visit.visit()) : visit.visit();
            this.page = page;
            this.inputs = new PageInputs(values, new EsiVariables(visit.request()), new HashMap<>());
        }

        /** Each round answers all its calls, so there are no more rounds than things to stand in for one another. */
        Future<Joining> next() {
            Set<FragmentCall> calls = renderer.callsNeeded(page, inputs);
            if (calls.isEmpty()) {
                return Future.succeededFuture(this);
            }
            List<Future<Loaded>> all = new ArrayList<>();
            for (FragmentCall call : calls) {
                all.add(fragments.load(visit, call).onSuccess(one -> {
                    inputs.fragments().put(call, one.fragment());
                    loaded.add(one);
                }));
            }
            return Future.all(all).compose(answered -> next());
        }
    }

    /** @param fragments all that were called for it, absent ones too */
    record Joined(CompiledPage page, RenderedPage rendered, List<Loaded> fragments) {

        /**
         * Fields of the copy.
         *
         * @param source those of the page it was made from, with {@code Age}
         */
        Headers headers(Headers source, Instant now) {
            boolean isShared = true;
            List<Headers> answers = new ArrayList<>();
            answers.add(source);
            for (Loaded one : fragments) {
                isShared &= one.isShared();
                answers.add(one.headers());
            }
            boolean isPersonal = page.isPersonal() || !isShared;
            Headers.Builder fields = source.without(OF_THE_SOURCE).toBuilder()
                    .add("Date", HttpDates.format(now))
                    .add("Age", "0")
                    .add("Cache-Control", JoinedLifetime.cacheControl(answers, isPersonal, now))
                    .set("ETag", '"' + PageAssembler.digest(rendered.parts()) + '"');
            String vary = vary(answers);
            return (vary.isEmpty() ? fields : fields.set("Vary", vary)).build();
        }

        /** With the cookies for groups that the reader was put into just now, if a fragment depends on them. */
        Headers withGroups(PageVisit visit, Headers fields) {
            List<String> names = new ArrayList<>();
            visit.plan()
                    .plan()
                    .variants()
                    .experiments()
                    .forEach(one -> names.add(Experiments.FIELD_PREFIX + one.name()));
            Headers.Builder more = fields.toBuilder();
            for (String cookie : visit.plan().experiments().newCookies(visit.request(), names)) {
                boolean isWanted = fragments.stream()
                        .anyMatch(one -> one.headers().all("Set-Cookie").contains(cookie));
                if (isWanted && !fields.all("Set-Cookie").contains(cookie)) {
                    more.add("Set-Cookie", cookie);
                }
            }
            return more.build();
        }

        private static String vary(List<Headers> answers) {
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            for (Headers answer : answers) {
                for (String name : FieldList.members(answer, "Vary")) {
                    if (!name.equalsIgnoreCase("Accept-Encoding")) {
                        names.add(name);
                    }
                }
            }
            return String.join(", ", names);
        }
    }
}
