package io.pagecache.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The part of a JDK that the applications need: no compiler, no tools, no sources. */
final class JavaRuntime {
    /** Pages come in any charset; the log manager, Netty and the clients of the operator need the rest. */
    private static final String MODULES =
            "java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,"
                    + "java.security.jgss,java.sql,java.xml,jdk.charsets,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,"
                    + "jdk.unsupported,jdk.zipfs";

    private static final List<String> NOT_AT_RUN_TIME =
            List.of("jmods", "include", "man", "demo", "lib/src.zip", "lib/ct.sym", "lib/classlist");

    private JavaRuntime() {}

    /** Links one from the JDK that runs this code. */
    static Path link(Path folder) {
        Tree.delete(folder);
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        int result = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new BadRequest("this Java has no jlink: a JDK is needed"))
                .run(
                        to,
                        to,
                        "--add-modules",
                        MODULES,
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        folder.toString());
        if (result != 0) {
            throw new IllegalStateException("jlink failed: " + said);
        }
        dropTools(folder);
        return folder;
    }

    /** Copies a JDK of another architecture, whose programs cannot run here. */
    static Path copy(Path javaHome, Path folder) {
        if (!Files.isRegularFile(javaHome.resolve("bin/java")) || !Files.isDirectory(javaHome.resolve("lib"))) {
            throw new BadRequest("--jdk names " + javaHome + ", which has no bin/java and lib");
        }
        Tree.delete(folder);
        Tree.copy(javaHome, folder, path -> NOT_AT_RUN_TIME.stream().noneMatch(path::startsWith));
        dropTools(folder);
        return folder;
    }

    private static void dropTools(Path folder) {
        try (Stream<Path> programs = Files.list(folder.resolve("bin"))) {
            for (Path program : programs.toList()) {
                if (!program.getFileName().toString().equals("java")) {
                    Files.delete(program);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
