package io.pagecache.e2e.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeFolderTest {
    @TempDir
    private Path root;

    @Test
    void shouldExchangeAllFilesAtOnce() throws Exception {
        VolumeFolder folder = new VolumeFolder(root);
        folder.write(Map.of("a", file("1"), "gone", file("x"), "sub/b", file("2")));
        Path before = root.resolve("..data").toRealPath();

        folder.write(Map.of("a", file("3"), "sub/b", file("4")));

        assertThat(root.resolve("a")).hasContent("3").isSymbolicLink();
        assertThat(root.resolve("sub/b")).hasContent("4");
        assertThat(Files.exists(root.resolve("gone"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(before).doesNotExist();
    }

    @Test
    void shouldLeaveEqualFilesAlone() throws Exception {
        VolumeFolder folder = new VolumeFolder(root);
        folder.write(Map.of("a", file("1")));
        Path before = root.resolve("..data").toRealPath();

        folder.write(Map.of("a", file("1")));

        assertThat(root.resolve("..data").toRealPath()).isEqualTo(before);
    }

    @Test
    void shouldSetTheModeOfAFile() throws Exception {
        new VolumeFolder(root).write(Map.of("key", VolumeFile.of(new byte[0], 0400)));

        assertThat(Files.getPosixFilePermissions(root.resolve("key")).toString())
                .isEqualTo("[OWNER_READ]");
    }

    private static VolumeFile file(String text) {
        return VolumeFile.of(text.getBytes(StandardCharsets.UTF_8), 0644);
    }
}
