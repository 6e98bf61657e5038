package io.pagecache.standalone.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML as {@code kubectl} does: YAML 1.2, except that a bare on, off, yes or no is a boolean. */
final class YamlReader {
    /** An alias can make a small text a huge tree; no policy needs one. */
    private static final int MOST_NODES = 100_000;

    private static final int DEEPEST = 64;

    private static final Set<String> TRUE_WORDS = Set.of("on", "yes");
    private static final Set<String> FALSE_WORDS = Set.of("off", "no");

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(16)
            .setCodePointLimit(1 << 20)
            .build();

    private final Map<String, Position> positions = new HashMap<>();
    private int nodes;

    private YamlReader() {}

    /** @throws UnreadableYaml when the text is not YAML */
    static List<YamlDocument> read(String text) throws UnreadableYaml {
        try {
            List<YamlDocument> documents = new ArrayList<>();
            for (Node node : new Compose(SETTINGS).composeAllFromString(text)) {
                YamlReader reader = new YamlReader();
                JsonNode root = reader.convert(node, "", 0);
                documents.add(new YamlDocument(root, positionOf(node), reader.positions));
            }
            return documents;
        } catch (MarkedYamlEngineException e) {
            Position where = e.getProblemMark().map(YamlReader::positionOf).orElse(Position.START);
            throw new UnreadableYaml(new Problem(where, "", "this is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new UnreadableYaml(new Problem(Position.START, "", "this is not YAML: " + e.getMessage()));
        }
    }

    private JsonNode convert(Node node, String path, int depth) throws UnreadableYaml {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new UnreadableYaml(new Problem(
                    positionOf(node),
                    path,
                    "this document is too big: expected at most %d nodes, nested at most %d deep"
                            .formatted(MOST_NODES, DEEPEST)));
        }
        positions.putIfAbsent(path, positionOf(node));
        return switch (node) {
            case MappingNode mapping -> convertMapping(mapping, path, depth);
            case SequenceNode sequence -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (Node item : sequence.getValue()) {
                    array.add(convert(item, FieldPath.item(path, array.size()), depth + 1));
                }
                yield array;
            }
            case ScalarNode scalar -> convertScalar(scalar);
            default ->
                throw new UnreadableYaml(new Problem(positionOf(node), path, "this kind of node is not supported"));
        };
    }

    private ObjectNode convertMapping(MappingNode mapping, String path, int depth) throws UnreadableYaml {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new UnreadableYaml(
                        new Problem(positionOf(entry.getKeyNode()), path, "expected the name of a field"));
            }
            String name = key.getValue();
            String field = FieldPath.field(path, name);
            if (object.has(name)) {
                throw new UnreadableYaml(
                        new Problem(positionOf(key), field, "this field is set twice: expected it once"));
            }
            positions.put(field, positionOf(key));
            object.set(name, convert(entry.getValueNode(), field, depth + 1));
        }
        return object;
    }

    private static JsonNode convertScalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        } else if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(Boolean.parseBoolean(text));
        } else if (tag.equals(Tag.INT)) {
            return integer(text);
        } else if (tag.equals(Tag.FLOAT)) {
            return real(text);
        }
        String word = scalar.getScalarStyle() == ScalarStyle.PLAIN ? text.toLowerCase(Locale.ROOT) : "";
        if (TRUE_WORDS.contains(word) || FALSE_WORDS.contains(word)) {
            return json.booleanNode(TRUE_WORDS.contains(word));
        }
        return json.textNode(text);
    }

    private static JsonNode integer(String text) {
        BigInteger value = text.startsWith("0x")
                ? new BigInteger(text.substring(2), 16)
                : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
        return value.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : JsonNodeFactory.instance.numberNode(value);
    }

    private static JsonNode real(String text) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text).doubleValue());
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text); // .inf and .nan have no JSON form
        }
    }

    private static Position positionOf(Node node) {
        return node.getStartMark().map(YamlReader::positionOf).orElse(Position.START);
    }

    private static Position positionOf(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
