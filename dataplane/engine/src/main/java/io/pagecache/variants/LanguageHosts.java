package io.pagecache.variants;

import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.Cookies;
import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Variants.LanguageRedirect;
import io.pagecache.plan.Variants.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends readers of a site's general hosts on to the host of their language. */
public final class LanguageHosts {
    private final @Nullable LanguageRedirect declared;
    private final List<String> languages;

    public LanguageHosts(@Nullable LanguageRedirect declared) {
        this.declared = declared;
        this.languages = new ArrayList<>();
        if (declared != null) {
            languages.add(declared.stay());
            declared.targets().forEach(target -> languages.add(target.language()));
        }
    }

    /** Whether replies on the request's host depend on the reader's languages because others are sent on from there. */
    public boolean concern(PageRequest request) {
        return declared != null && request.isRetrieval() && declared.hosts().contains(hostOf(request));
    }

    /** Whether a cookie ranks before the languages. */
    public boolean heedCookie() {
        return declared != null && declared.cookie() != null;
    }

    /**
     * Where a reader belongs.
     *
     * @return an absolute URL with path and query as asked for, or null to stay. Its host is one of the plan's, never the client's
     */
    public @Nullable String targetOf(PageRequest request) {
        if (declared == null || !concern(request)) {
            return null;
        }
        String language = languageOf(request, declared);
        for (Target target : declared.targets()) {
            if (target.language().equals(language)) {
                return request.scheme() + "://" + target.host() + portOf(request) + request.target();
            }
        }
        return null;
    }

    private String languageOf(PageRequest request, LanguageRedirect redirect) {
        String chosen = redirect.cookie() == null ? null : Cookies.value(request.headers(), redirect.cookie());
        if (chosen != null) {
            for (String language : languages) {
                if (language.equalsIgnoreCase(chosen)) {
                    return language;
                }
            }
        }
        return AcceptLanguage.lookup(request.headers(), languages);
    }

    private static String hostOf(PageRequest request) {
        return HostName.withoutPort(request.host());
    }

    /** With its colon; empty for the scheme's own. */
    private static String portOf(PageRequest request) {
        return request.host().substring(hostOf(request).length());
    }
}
