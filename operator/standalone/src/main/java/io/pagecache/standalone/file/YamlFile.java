package io.pagecache.standalone.file;

import java.util.List;

/** A YAML text, read or not. */
public sealed interface YamlFile {
    record Readable(List<YamlDocument> documents) implements YamlFile {
        public Readable {
            documents = List.copyOf(documents);
        }
    }

    record Unreadable(Problem problem) implements YamlFile {}

    static YamlFile of(String text) {
        try {
            return new Readable(YamlReader.read(text));
        } catch (UnreadableYaml e) {
            return new Unreadable(e.problem());
        }
    }
}
