package io.pagecache.proxy.warm;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.util.List;

/** What a site's {@code robots.txt} (RFC 9309) lets a warm-up fetch. */
final class Robots {
    /** The product token that a site names to address warm-ups alone; without a group of that name, {@code *} counts. */
    static final String PRODUCT = "pagecache";

    private final Site site;
    private final SimpleRobotRules rules;

    private Robots(Site site, SimpleRobotRules rules) {
        this.site = site;
        this.rules = rules;
    }

    /** @param status of the answer: what is not there forbids nothing (RFC 9309 section 2.3.1.3) */
    static Robots read(Site site, int status, byte[] text) {
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
        String url = site.scheme() + "://" + site.host() + "/robots.txt";
        SimpleRobotRules rules = status == 200
                ? parser.parseContent(url, text, "text/plain", List.of(PRODUCT))
                : new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_ALL);
        return new Robots(site, rules);
    }

    boolean allows(String target) {
        return rules.isAllowed(site.scheme() + "://" + site.host() + target);
    }
}
