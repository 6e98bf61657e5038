package io.pagecache.esi;

import java.util.ArrayList;
import java.util.List;

/** Text with variables in it, as the address of a fragment has. */
public record EsiText(List<Part> parts) {
    public EsiText {
        parts = List.copyOf(parts);
    }

    /** A piece of the text. */
    public sealed interface Part {
        record Literal(String text) implements Part {}

        record Substituted(EsiVariable variable) implements Part {}
    }

    static EsiText parse(String text) throws EsiReader.Malformed {
        EsiReader reader = new EsiReader(text);
        List<Part> parts = new ArrayList<>(2);
        while (!reader.isAtEnd()) {
            parts.add(
                    reader.comes("$(") ? new Part.Substituted(reader.variable()) : new Part.Literal(reader.literal()));
        }
        return new EsiText(parts);
    }

    /** Whether the text is the same for every request. */
    public boolean isConstant() {
        return parts.isEmpty() || parts.size() == 1 && parts.getFirst() instanceof Part.Literal;
    }

    /**
     * The text as a URL for one request. What a reader sent is percent-encoded, so that it fills a place in the address and never
     * changes the address's form.
     */
    public String asUrl(EsiVariables variables) {
        StringBuilder url = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String text) -> url.append(text);
                case Part.Substituted(EsiVariable variable) -> url.append(variables.inUrl(variable));
            }
        }
        return url.toString();
    }
}
