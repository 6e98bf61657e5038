package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.pagecache.standalone.file.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of {@code x-kubernetes-validations}. Rules about a change ({@code oldSelf}) hold for a file, which has no
 * predecessor.
 */
final class CelRules {
    private final ObjectMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .build();
    private final CelRuntime runtime =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private final Map<String, CelRuntime.Program> programs = new HashMap<>();

    List<Violation> validate(JsonNode schema, JsonNode value) {
        List<Violation> violations = new ArrayList<>();
        validate(schema, value, "", violations);
        return violations;
    }

    private void validate(JsonNode schema, JsonNode value, String path, List<Violation> violations) {
        for (JsonNode rule : schema.path("x-kubernetes-validations")) {
            String expression = rule.path("rule").asText();
            if (!expression.contains("oldSelf") && !holds(expression, value)) {
                violations.add(new Violation(path, rule.path("message").asText(expression)));
            }
        }
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode fieldSchema = schema.path("properties").path(field.getKey());
                validate(fieldSchema, field.getValue(), FieldPath.field(path, field.getKey()), violations);
            }
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                validate(schema.path("items"), array.get(i), FieldPath.item(path, i), violations);
            }
        }
    }

    private boolean holds(String expression, JsonNode self) {
        try {
            Object value = json.convertValue(self, Object.class);
            return Boolean.TRUE.equals(program(expression).eval(Map.of("self", value)));
        } catch (CelEvaluationException | CelValidationException e) {
            throw new IllegalStateException("the rule '" + expression + "' of the definition cannot be evaluated", e);
        }
    }

    private CelRuntime.Program program(String expression) throws CelValidationException, CelEvaluationException {
        CelRuntime.Program known = programs.get(expression);
        if (known != null) {
            return known;
        }
        CelRuntime.Program made =
                runtime.createProgram(compiler.compile(expression).getAst());
        programs.put(expression, made);
        return made;
    }
}
