package io.pagecache.operator.observe;

import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.CertificateState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the certificates of a proxy, in sentences that are the same for all proxies with the same trouble. */
final class CertificateProblems {
    private CertificateProblems() {}

    static List<String> of(ProxyState state) {
        List<CertificateState> certificates = state.certificates();
        List<String> problems = new ArrayList<>();
        for (CertificateState certificate : certificates == null ? List.<CertificateState>of() : certificates) {
            String problem = problem(certificate, state.now());
            if (problem != null) {
                problems.add("Secret " + secret(certificate.name()) + ": " + problem);
            }
        }
        return problems;
    }

    private static @Nullable String problem(CertificateState certificate, @Nullable Instant now) {
        Instant end = certificate.notAfter();
        if (certificate.problem() != null) {
            String served = end == null ? "no certificate is served for it" : "the one before is served, until " + end;
            return certificate.problem() + "; " + served + ".";
        }
        return end != null && now != null && end.isBefore(now) ? "expired at " + end + "." : null;
    }

    /** Folders are numbered in the order of the policy: {@code 00-shop-tls}. */
    private static String secret(String folder) {
        int hyphen = folder.indexOf('-');
        return hyphen < 0 ? folder : folder.substring(hyphen + 1);
    }
}
