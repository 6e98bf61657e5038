package io.pagecache.template;

import io.pagecache.plan.Pages;
import io.quarkus.qute.Expression;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionNode;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode;
import io.quarkus.qute.TemplateNode.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks through a parsed template for what could make it run long, and for the values it reads. Used once. */
final class TemplateInspection {
    static final int MAX_SIZE = 16 * 1024;
    static final int MAX_NESTING = 8;
    static final int MAX_LOOPS_NESTED = 2;
    private static final int MAX_PARENTHESES = 32;

    private final String element;
    private final Set<String> declared;
    private final Set<String> read = new HashSet<>();
    private @Nullable TemplateProblem problem;

    TemplateInspection(String element, Set<String> declared) {
        this.element = element;
        this.declared = declared;
    }

    /** What is wrong before parsing, or null. */
    static @Nullable TemplateProblem ofText(Pages.Element element) {
        String text = element.template();
        if (text.length() > MAX_SIZE) {
            String message = "the template has %d characters: at most %d".formatted(text.length(), MAX_SIZE);
            return new TemplateProblem(element.name(), 0, 0, message);
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth = c == '(' ? depth + 1 : c == '{' || c == '}' ? 0 : c == ')' ? Math.max(0, depth - 1) : depth;
            if (depth > MAX_PARENTHESES) {
                String message = "parentheses are nested deeper than " + MAX_PARENTHESES;
                return new TemplateProblem(element.name(), 0, 0, message);
            }
        }
        return null;
    }

    /** The first thing wrong, or null. */
    @Nullable
    TemplateProblem of(Template template) {
        inspect(template.getRootNode(), Set.of(), new Depth(0, 0));
        return problem;
    }

    Set<String> valuesRead() {
        return Set.copyOf(read);
    }

    private void inspect(SectionNode section, Set<String> names, Depth around) {
        boolean loops = section.getName().equals("for") || section.getName().equals("each");
        Depth depth = new Depth(around.sections + 1, around.loops + (loops ? 1 : 0));
        if (depth.sections > MAX_NESTING + 1) {
            report(section.getOrigin(), "sections are nested deeper than " + MAX_NESTING);
        } else if (depth.loops > MAX_LOOPS_NESTED) {
            report(section.getOrigin(), "loops are nested deeper than " + MAX_LOOPS_NESTED);
        } else {
            for (SectionBlock block : section.getBlocks()) {
                inspect(section, block, names, depth);
            }
        }
    }

    private void inspect(SectionNode section, SectionBlock block, Set<String> names, Depth depth) {
        boolean compares = section.getName().equals("if");
        for (Expression expression : block.expressions.values()) {
            inspect(expression, names, compares);
        }
        Set<String> inside = new HashSet<>(names);
        inside.addAll(introducedBy(section, block));
        for (TemplateNode node : block.nodes) {
            if (node.isSection()) {
                inspect(node.asSection(), inside, depth);
            } else {
                node.getExpressions().forEach(expression -> inspect(expression, inside, false));
            }
        }
    }

    /** Names that a section gives to its content. */
    private static Set<String> introducedBy(SectionNode section, SectionBlock block) {
        Map<String, String> parameters = block.parameters;
        return switch (section.getName()) {
            case "for" -> Set.of(parameters.getOrDefault("alias", "it"));
            case "each" -> Set.of("it");
            case "let", "set" -> parameters.keySet();
            default -> Set.of();
        };
    }

    private void inspect(Expression expression, Set<String> names, boolean compares) {
        if (expression.hasNamespace()) {
            report(expression.getOrigin(), "namespace '" + expression.getNamespace() + ":' is not available");
        } else if (expression.isLiteral()) {
            boolean countable = expression.getLiteral() instanceof Integer || expression.getLiteral() instanceof Long;
            if (countable && !compares) {
                report(expression.getOrigin(), "numbers may only be compared with, in 'if'");
            }
        } else {
            inspectParts(expression, names, compares);
        }
    }

    private void inspectParts(Expression expression, Set<String> names, boolean compares) {
        List<Expression.Part> parts = expression.getParts();
        Expression.Part root = parts.getFirst();
        if (!root.isVirtualMethod()) {
            inspectRoot(expression, root.getName(), names);
        }
        for (Expression.Part part : parts) {
            if (part.isVirtualMethod()) {
                part.asVirtualMethod().getParameters().forEach(parameter -> inspect(parameter, names, compares));
            }
        }
    }

    private void inspectRoot(Expression expression, String root, Set<String> names) {
        if (names.contains(root) || root.equals("this") || isLoopMetadata(root, names)) {
            return;
        }
        if (declared.contains(root)) {
            read.add(root);
        } else {
            String known = declared.isEmpty() ? "none is" : String.join(", ", new TreeSet<>(declared));
            report(expression.getOrigin(), "no value '" + root + "' in the policy; declared: " + known);
        }
    }

    /** {@code item_count}, {@code item_hasNext} and so on. */
    private static boolean isLoopMetadata(String root, Set<String> names) {
        int underscore = root.lastIndexOf('_');
        return underscore > 0 && names.contains(root.substring(0, underscore));
    }

    private void report(Origin origin, String message) {
        if (problem == null) {
            problem = new TemplateProblem(element, origin.getLine(), origin.getLineCharacterStart(), message);
        }
    }

    private record Depth(int sections, int loops) {}
}
