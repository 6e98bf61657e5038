package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.pagecache.e2e.process.Tool;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** One question to a container: an HTTP request, a connection or a command. */
record ProbeTarget(InetAddress podIp, Container container, Function<List<String>, List<String>> enter) {

    boolean succeeds(Probe probe, Duration timeout) {
        if (probe.getHttpGet() != null) {
            return answers(probe.getHttpGet(), timeout);
        }
        if (probe.getTcpSocket() != null) {
            return connects(portOf(probe.getTcpSocket().getPort()), timeout);
        }
        return probe.getExec() == null || runs(probe.getExec());
    }

    boolean runs(ExecAction action) {
        return Tool.works(enter.apply(action.getCommand()).toArray(String[]::new));
    }

    boolean answers(HTTPGetAction get, Duration timeout) {
        String scheme = "HTTPS".equals(get.getScheme()) ? "https" : "http";
        String host = get.getHost() == null || get.getHost().isEmpty() ? podIp.getHostAddress() : get.getHost();
        String path = get.getPath() == null || get.getPath().isEmpty() ? "/" : get.getPath();
        try {
            URI url = URI.create(scheme + "://" + host + ":" + portOf(get.getPort()) + path);
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            trustAnyone(connection);
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("User-Agent", "kube-probe/1.36");
            connection.setRequestProperty("Connection", "close");
            for (HTTPHeader header : get.getHttpHeaders() == null ? List.<HTTPHeader>of() : get.getHttpHeaders()) {
                connection.setRequestProperty(header.getName(), header.getValue());
            }
            int status = connection.getResponseCode();
            connection.disconnect();
            return status >= 200 && status < 400;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private boolean connects(int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(podIp, port), (int) timeout.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private int portOf(IntOrString port) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(candidate -> port.getStrVal().equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(0);
    }

    /** A kubelet does not check certificates either: it speaks to an address, not to a name. */
    private static void trustAnyone(HttpURLConnection connection) throws IOException {
        if (connection instanceof HttpsURLConnection secure) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new TrustAll()}, null);
                secure.setSSLSocketFactory(context.getSocketFactory());
                secure.setHostnameVerifier((_, _) -> true);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
