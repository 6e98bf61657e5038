package io.pagecache.proxy.elements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of one language: a JSON object, or lines of {@code name=text} with {@code #} before comments. */
final class MessageTexts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageTexts() {}

    /** @throws IOException that names the line */
    static Map<?, ?> read(byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.stripLeading().startsWith("{") ? json(text) : lines(text);
    }

    private static Map<?, ?> json(String text) throws IOException {
        try {
            return JSON.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new IOException("line %d: %s".formatted(e.getLocation().getLineNr(), e.getOriginalMessage()), e);
        }
    }

    private static Map<?, ?> lines(String text) throws IOException {
        Map<String, Object> texts = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw new IOException("line %d is '%s': expected name=text".formatted(number, line));
            }
            texts.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return texts;
    }
}
