package io.pagecache.proxy.origin;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.CodecException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** The one place where exceptions of the network become failures that are values. */
final class FailureCauses {
    private static final Logger LOG = Logger.getLogger(FailureCauses.class);

    private FailureCauses() {}

    /** The origin took longer than the plan allows. */
    static final class TooLate extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLate(String message) {
            super(message, null, false, false);
        }
    }

    /** The client's body broke off: nothing that the origin could have done better. */
    static final class ClientLeft extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        ClientLeft() {
            super("the request's body broke off", null, false, false);
        }
    }

    /** A pooled connection had gone when the request was to be written: the origin has not seen any of it. */
    static final class ConnectionGone extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        ConnectionGone() {
            super("the pooled connection is gone", null, false, false);
        }
    }

    static boolean isOfTheClient(Throwable cause) {
        return cause instanceof ClientLeft || cause.getCause() instanceof ClientLeft || isTooLarge(cause);
    }

    private static boolean isTooLarge(Throwable cause) {
        return cause instanceof BoundedBody.TooLarge || cause.getCause() instanceof BoundedBody.TooLarge;
    }

    static OriginFailure classify(Throwable cause) {
        return switch (cause) {
            case TooLate late -> OriginFailure.TIMEOUT;
            case BoundedBody.TooLarge large -> OriginFailure.REQUEST_TOO_LARGE;
            case StreamResetException reset when isTooLarge(reset) -> OriginFailure.REQUEST_TOO_LARGE;
            case ConnectionGone gone -> OriginFailure.UNREACHABLE;
            case StreamResetException reset when reset.getCause() instanceof TooLate -> OriginFailure.TIMEOUT;
            case ConnectionPoolTooBusyException busy -> OriginFailure.OVERLOADED;
            case ConnectTimeoutException slow -> OriginFailure.TIMEOUT;
            // Waited longer for one of the pooled connections than making one may take.
            case TimeoutException queued -> OriginFailure.OVERLOADED;
            case ConnectException refused -> OriginFailure.UNREACHABLE;
            case NoRouteToHostException unreachable -> OriginFailure.UNREACHABLE;
            case UnknownHostException unknown -> OriginFailure.UNREACHABLE;
            // Not the origin we know, or not by TLS: as good as nobody there.
            case SSLException strange -> OriginFailure.UNREACHABLE;
            case IOException broken -> OriginFailure.BROKEN_ANSWER;
            case VertxException broken -> OriginFailure.BROKEN_ANSWER;
            case IllegalStateException closing
            when "Client is closed".equals(closing.getMessage()) -> OriginFailure.UNREACHABLE;
            case CodecException notHttp -> OriginFailure.BROKEN_ANSWER;
            default -> {
                LOG.warn("the exchange with the origin ended in an unexpected way", cause);
                yield OriginFailure.BROKEN_ANSWER;
            }
        };
    }
}
