package io.pagecache.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ExplainRequest;
import io.pagecache.standalone.serve.Address;
import io.pagecache.standalone.serve.LocalBackends;
import io.pagecache.standalone.serve.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void shouldServeOnTheLoopbackAddressByDefault() {
        assertThat(CommandLine.parse(List.of("serve", "p.yaml")))
                .isEqualTo(new CommandLine.Serve(
                        Path.of("p.yaml"),
                        new Address("127.0.0.1", 8080),
                        new Address("127.0.0.1", 9000),
                        new LocalBackends(Map.of()),
                        null));
    }

    @Test
    void shouldTakeEveryOption(@TempDir Path folder) throws Exception {
        Path readable = Files.writeString(folder.resolve("tls.pem"), "PEM");
        List<String> line = List.of(
                "serve",
                "p.yaml",
                "--port",
                "80",
                "--management-port",
                "81",
                "--host",
                "0.0.0.0",
                "--backend",
                "a=h:1",
                "--backend",
                "b=[::1]:2",
                "--tls-cert",
                readable.toString(),
                "--tls-key",
                readable.toString(),
                "--tls-port",
                "444");

        assertThat(CommandLine.parse(line))
                .isEqualTo(new CommandLine.Serve(
                        Path.of("p.yaml"),
                        new Address("0.0.0.0", 80),
                        new Address("127.0.0.1", 81),
                        new LocalBackends(Map.of("a", new Address("h", 1), "b", new Address("[::1]", 2))),
                        new TlsFiles(readable, readable, 444)));
    }

    @Test
    void shouldCheck() {
        assertThat(CommandLine.parse(List.of("check", "p.yaml"))).isEqualTo(new CommandLine.Check(Path.of("p.yaml")));
    }

    @Test
    void shouldExplain() {
        List<String> line = List.of(
                "explain",
                "p.yaml",
                "/a",
                "-H",
                "Cookie: a=1",
                "-H",
                "cookie: b=2",
                "-H",
                "Accept: text/html",
                "-H",
                "Accept:*/*",
                "--method",
                "head",
                "--client",
                "192.0.2.1",
                "--backend",
                "shop=h:1",
                "--output",
                "json");

        assertThat(CommandLine.parse(line))
                .isEqualTo(new CommandLine.Explain(
                        Path.of("p.yaml"),
                        new ExplainRequest(
                                "/a",
                                "HEAD",
                                Map.of("Cookie", "a=1; b=2", "Accept", "text/html, */*"),
                                "192.0.2.1",
                                null,
                                true),
                        new LocalBackends(Map.of("shop", new Address("h", 1))),
                        true));
    }

    @Test
    void shouldAskNobodyUnlessToldTo() {
        assertThat(CommandLine.parse(List.of("explain", "p.yaml", "/a")))
                .isEqualTo(new CommandLine.Explain(
                        Path.of("p.yaml"),
                        new ExplainRequest("/a", null, Map.of(), null, null, null),
                        new LocalBackends(Map.of()),
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve                     | expected a command and a policy file",
                "run p.yaml                | unknown command 'run': expected serve, check or explain",
                "serve --port 80 p.yaml    | --port: expected a policy file first, then options",
                "check p.yaml --port 1     | check takes nothing but a file",
                "serve p.yaml --port       | --port: expected a value",
                "serve p.yaml --port 0     | --port 0: expected a port, 1 to 65535",
                "serve p.yaml --port 65536 | --port 65536: expected a port, 1 to 65535",
                "serve p.yaml --backend x  | --backend x: expected NAME=HOST:PORT",
                "serve p.yaml --nothing x  | --nothing x: unknown option, expected --port, --management-port, --host, --backend, --tls-cert, --tls-key or --tls-port",
                "serve p.yaml --tls-cert /absent | --tls-cert /absent: expected a file that can be read",
                "explain p.yaml            | explain: expected a URL after the policy file, such as https://www.example.com/news",
                "explain p.yaml /a -H x    | -H x: expected 'Name: value'",
                "explain p.yaml /a --client me  | --client me: expected an IP address",
                "explain p.yaml /a --output xml | --output xml: expected text or json",
                "explain p.yaml /a --port 1     | --port 1: unknown option, expected -H, --method, --client, --backend, --fetch or --output",
                "serve p.yaml --tls-key /dev/null | --tls-cert and --tls-key: expected both or neither",
            })
    void shouldSayWhatIsWrong(String line, String problem) {
        assertThat(CommandLine.parse(List.of(line.split(" ")))).isEqualTo(new CommandLine.Misuse(problem));
    }
}
