package io.pagecache.proxy.log;

import io.pagecache.proxy.metrics.FinishedRequest;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.template.MarkerProblem;
import java.util.List;

/** One request as one line of JSON. Whatever a client put into a field, the line stays one line of printable text. */
final class AccessLogLine {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private AccessLogLine() {}

    static String of(FinishedRequest request) {
        Provenance provenance = request.provenance();
        StringBuilder json = new StringBuilder(320).append('{');
        text(json, "time", request.at().toString());
        text(json, "client", request.client());
        text(json, "method", request.method());
        text(json, "host", request.host());
        text(json, "path", request.path());
        number(json, "status", request.status());
        number(json, "bytes", request.bytes());
        number(json, "duration_us", request.durationMicros());
        text(json, "outcome", provenance.outcome().token());
        text(json, "reason", provenance.reason().token());
        text(json, "rule", provenance.rule());
        if (provenance.ageSeconds() >= 0) {
            number(json, "age", provenance.ageSeconds());
        }
        if (provenance.originStatus() > 0) {
            number(json, "origin_status", provenance.originStatus());
        }
        if (provenance.originMicros() > 0) {
            number(json, "origin_us", provenance.originMicros());
        }
        if (!provenance.problems().isEmpty()) {
            text(json, "marker_problem", first(provenance.problems()));
        }
        text(json, "user_agent", request.userAgent());
        json.setCharAt(json.length() - 1, '}');
        return json.append('\n').toString();
    }

    /** The first one, with line and column, and how many there are more. */
    private static String first(List<MarkerProblem> problems) {
        int more = problems.size() - 1;
        return problems.getFirst() + (more == 0 ? "" : " (and " + more + " more)");
    }

    private static void number(StringBuilder json, String name, long value) {
        json.append('"').append(name).append("\":").append(value).append(',');
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' '
                    || (c >= 0x7f && c < 0xa0)
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.isSurrogate(c)) {
                escape(json, c);
            } else {
                json.append(c);
            }
        }
        json.append("\",");
    }

    private static void escape(StringBuilder json, char c) {
        json.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }
}
