package io.pagecache.proxy.h2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** h2spec, the conformance suite for HTTP/2 servers, as a process. */
final class H2Spec {
    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final int TAR_BLOCK = 512;
    private static final int TAR_SIZE_AT = 124;
    private static final int TAR_SIZE_LENGTH = 11;

    /** @param failures section, case and what was measured instead */
    record Report(int cases, List<String> failures) {}

    private final Path folder;

    H2Spec(Path folder) {
        this.folder = folder;
    }

    static boolean runsHere() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    Report run(int port, String... options) throws Exception {
        Path report = folder.resolve("report.xml");
        List<String> command = new ArrayList<>(List.of(
                binary().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--timeout",
                "5",
                "--junit-report",
                report.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("h2spec.log").toFile())
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                throw new AssertionError("h2spec has not ended");
            }
        } finally {
            process.destroyForcibly();
        }
        return read(report);
    }

    /** The only file of the archive. */
    private Path binary() throws IOException {
        Path binary = folder.resolve("h2spec");
        try (InputStream packed = H2Spec.class.getResourceAsStream(ARCHIVE);
                InputStream tar = new GZIPInputStream(packed)) {
            byte[] header = tar.readNBytes(TAR_BLOCK);
            String size = new String(header, TAR_SIZE_AT, TAR_SIZE_LENGTH, StandardCharsets.US_ASCII);
            Files.write(binary, tar.readNBytes(Integer.parseInt(size, 8)));
        }
        if (!binary.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + binary + " executable");
        }
        return binary;
    }

    private static Report read(Path file) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("testcase");
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            for (String bad : List.of("failure", "error", "skipped")) {
                NodeList found = one.getElementsByTagName(bad);
                if (found.getLength() > 0) {
                    failures.add(one.getAttribute("package") + " " + one.getAttribute("classname") + ": " + bad + " "
                            + found.item(0).getTextContent().strip());
                }
            }
        }
        return new Report(cases.getLength(), failures);
    }
}
