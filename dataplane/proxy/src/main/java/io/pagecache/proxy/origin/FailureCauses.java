package io.pagecache.proxy.origin;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/** The one place where exceptions of the network become failures that are values. */
final class FailureCauses {
    private FailureCauses() {}

    /** The origin took longer than the plan allows. */
    static final class TooLate extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLate(String message) {
            super(message, null, false, false);
        }
    }

    static OriginFailure classify(Throwable cause) {
        return switch (cause) {
            case TooLate late -> OriginFailure.TIMEOUT;
            case StreamResetException reset when reset.getCause() instanceof TooLate -> OriginFailure.TIMEOUT;
            case ConnectionPoolTooBusyException busy -> OriginFailure.OVERLOADED;
            case ConnectTimeoutException slow -> OriginFailure.TIMEOUT;
            // Waited longer for one of the pooled connections than making one may take.
            case TimeoutException queued -> OriginFailure.OVERLOADED;
            case ConnectException refused -> OriginFailure.UNREACHABLE;
            case NoRouteToHostException unreachable -> OriginFailure.UNREACHABLE;
            case UnknownHostException unknown -> OriginFailure.UNREACHABLE;
            default -> OriginFailure.BROKEN_ANSWER;
        };
    }
}
