package io.pagecache.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesRequestTest {
    @TempDir
    Path root;

    @Test
    void shouldStandOnABaseWithoutAShellUnlessTold() {
        ImagesRequest request = ImagesRequest.parse(root, List.of());

        assertThat(request.base()).isEqualTo(new Base.Reference(ImagesRequest.DEFAULT_BASE));
        assertThat(request.output()).isEqualTo(root.resolve(".build/images"));
    }

    @Test
    void shouldReadABaseForEachArchitecture() throws IOException {
        Path tar = Files.createFile(root.resolve("base.tar"));
        Path jdk = Files.createDirectory(root.resolve("jdk"));

        ImagesRequest request = ImagesRequest.parse(
                root, List.of("--base-tar", "arm64=" + tar, "--jdk", "arm64=" + jdk, "--revision", "r"));

        assertThat(request.base()).isEqualTo(new Base.Files(Map.of(Architecture.ARM64, tar)));
        assertThat(request.javaHomes()).containsExactly(Map.entry(Architecture.ARM64, jdk));
        assertThat(request.revision()).isEqualTo("r");
    }

    @Test
    void shouldStandOnThisMachineForTests() {
        assertThat(ImagesRequest.parse(root, List.of("--this-machine")).base()).isEqualTo(new Base.ThisMachine());
    }

    @Test
    void shouldSayWhatIsWrongWithAnOption() {
        assertThatThrownBy(() -> ImagesRequest.parse(root, List.of("--bass", "x")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("unknown option '--bass'");
        assertThatThrownBy(() -> ImagesRequest.parse(root, List.of("--base")))
                .hasMessageContaining("--base needs a value");
        assertThatThrownBy(() -> ImagesRequest.parse(root, List.of("--base-tar", "/nowhere.tar")))
                .hasMessageContaining("/nowhere.tar, which does not exist");
        assertThatThrownBy(() -> ImagesRequest.parse(root, List.of("--jdk", "sparc=/tmp")))
                .hasMessageContaining("expected amd64 or arm64, not 'sparc'");
        assertThatThrownBy(() -> ImagesRequest.parse(root, List.of("--base", "a", "--base-tar", root.toString())))
                .hasMessageContaining("give one of --base, --base-tar and --this-machine");
    }
}
