package io.pagecache.images;

import java.util.Locale;

/** Of processors, as images name them. */
public enum Architecture {
    AMD64,
    ARM64;

    /** That of this machine. */
    public static Architecture here() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> AMD64;
            case "aarch64", "arm64" -> ARM64;
            default -> throw new BadRequest("images are made on amd64 or arm64, not on " + name);
        };
    }

    /** @throws BadRequest for anything but {@code amd64} and {@code arm64} */
    static Architecture of(String name) {
        return switch (name) {
            case "amd64" -> AMD64;
            case "arm64" -> ARM64;
            default -> throw new BadRequest("expected amd64 or arm64, not '" + name + "'");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
