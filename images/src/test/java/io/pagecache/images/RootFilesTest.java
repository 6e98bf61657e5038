package io.pagecache.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A root file system in a tar file, as a base. */
class RootFilesTest {
    private static final Architecture HERE = Architecture.here();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldPutAnImageOnARootFileSystem(boolean isCompressed) throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "runs");
        ImagesRequest request = new ImagesRequest(
                folder, folder, new Base.Files(Map.of(HERE, rootFileSystem(isCompressed))), Map.of(), "");
        ImageRecipe recipe = new ImageRecipe(
                "some-image",
                HERE,
                "An image.",
                List.of(new ImageRecipe.Layer("program", Map.of("/program", program))),
                List.of("/program"),
                List.of(8080));
        Path image = folder.resolve("image.tar");

        new ImageWriter(request, folder.resolve("layers"), Tree.FILE_TIME, "1").write(recipe, image);

        OciArchive archive = OciArchive.read(image);
        assertThat(archive.layers(HERE)).isEqualTo(2);
        assertThat(archive.files(HERE)).containsExactly("etc/os-release", "etc/release", "program");
        assertThat(archive.configuration(HERE).path("User").asText()).isEqualTo("65532:65532");
    }

    @Test
    void shouldSayWhatIsNoTarFile() throws IOException {
        Path text = Files.writeString(folder.resolve("base.tar"), "not an archive".repeat(100));

        assertThatThrownBy(() -> RootFiles.asImage(text, HERE, folder))
                .isInstanceOf(BadRequest.class)
                .hasMessageStartingWith(text + " cannot be read as a tar file");
    }

    /** With a file and a link to it. */
    private Path rootFileSystem(boolean isCompressed) throws IOException {
        Path tar = folder.resolve("root.tar");
        try (OutputStream file = Files.newOutputStream(tar);
                OutputStream to = isCompressed ? new GZIPOutputStream(file) : file;
                TarArchiveOutputStream out = new TarArchiveOutputStream(to)) {
            byte[] content = "ID=test\n".getBytes(StandardCharsets.US_ASCII);
            TarArchiveEntry release = new TarArchiveEntry("etc/os-release");
            release.setSize(content.length);
            out.putArchiveEntry(release);
            out.write(content);
            out.closeArchiveEntry();
            TarArchiveEntry link = new TarArchiveEntry("etc/release", TarConstants.LF_SYMLINK);
            link.setLinkName("os-release");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        }
        return tar;
    }
}
