package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns nodes into maps, lists, names, flags and expressions. What does not fit becomes a problem and an empty result,
 * so that reading goes on.
 */
final class NodeReader {
    /** Names can be written in a query and in an element id without being taken for something else. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.\\- ]{0,199}");

    private final YamlSource source;
    private final ProblemLog problems;

    NodeReader(YamlSource source, ProblemLog problems) {
        this.source = source;
        this.problems = problems;
    }

    ProblemLog problems() {
        return problems;
    }

    SourcePosition position(Node node) {
        return source.position(node);
    }

    void problem(Node node, String message) {
        problems.add(position(node), message);
    }

    /** A map with any keys. */
    Optional<YamlMap> map(Node node, String what) {
        return map(node, what, "a map of keys");
    }

    private Optional<YamlMap> map(Node node, String what, String expected) {
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "Expected " + expected + " for " + what + ", found " + describe(node) + ".");
            return Optional.empty();
        }
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(
                        tuple.getKeyNode(),
                        "Expected a name as key in " + what + ", found " + describe(tuple.getKeyNode()) + ".");
                continue;
            }
            YamlMap.Entry entry = new YamlMap.Entry(key.getValue(), position(key), tuple.getValueNode());
            YamlMap.Entry earlier = entries.putIfAbsent(entry.key(), entry);
            if (earlier != null) {
                problem(
                        key,
                        "Key '" + entry.key() + "' stands twice in " + what + "; the first is in line "
                                + earlier.position().line() + ".");
            }
        }
        return Optional.of(new YamlMap(what, position(node), entries));
    }

    /** A map with the keys of a section. */
    Optional<YamlMap> map(Node node, String what, MappingSection section) {
        Optional<YamlMap> map = map(node, what, "a map with keys like '" + section.first() + "'");
        map.ifPresent(found -> found.refuseUnknownKeys(section, problems));
        return map;
    }

    /** A text that is not empty. */
    Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        problem(node, "Expected " + what + ", found " + describe(node) + ".");
        return Optional.empty();
    }

    /** A text that can name a type, a label or a property. */
    Optional<String> name(Node node, String what) {
        return text(node, what).filter(found -> checkName(found, position(node)));
    }

    boolean checkName(String name, SourcePosition place) {
        boolean fits = NAME.matcher(name).matches();
        if (!fits) {
            problems.add(
                    place,
                    "'" + name + "' is not a name. Expected a letter or '_', then letters, digits, '_', '.', '-' or"
                            + " blanks, at most 200 characters.");
        }
        return fits;
    }

    /** A flag; absent means false. */
    boolean flag(YamlMap map, String key) {
        Optional<Node> node = map.value(key);
        if (node.isEmpty()) {
            return false;
        }
        if (node.get() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return scalar.getValue().equals("true");
        }
        problem(node.get(), "Expected true or false for '" + key + "', found " + describe(node.get()) + ".");
        return false;
    }

    /** A list; the element nodes. */
    Optional<List<Node>> list(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return Optional.of(sequence.getValue());
        }
        problem(node, "Expected " + what + ", found " + describe(node) + ".");
        return Optional.empty();
    }

    /** A list of names without repetitions; empty when any is wrong. */
    Optional<List<String>> names(Node node, String what) {
        Optional<List<Node>> nodes = list(node, what);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        boolean sound = true;
        for (Node element : nodes.get()) {
            Optional<String> name = name(element, "a name");
            sound &= name.isPresent();
            if (name.isPresent() && names.contains(name.get())) {
                problem(element, "'" + name.get() + "' stands twice in the list.");
                sound = false;
            }
            name.ifPresent(names::add);
        }
        return sound ? Optional.of(names) : Optional.empty();
    }

    Optional<Positioned> expression(Node node, String what) {
        Optional<String> text = text(node, what);
        if (text.isEmpty() || !(node instanceof ScalarNode scalar)) {
            return Optional.empty();
        }
        try {
            MappingExpression parsed =
                    MappingExpressionParser.parse(text.get(), offset -> source.positionInScalar(scalar, offset));
            return Optional.of(new Positioned(parsed, text.get(), source.positionInScalar(scalar, 0)));
        } catch (MappingSyntaxException malformed) {
            problems.add(malformed.problem().position(), malformed.problem().message());
            return Optional.empty();
        }
    }

    /** A column by its literal name, which needs no quotes however odd it is. */
    Optional<Positioned> column(Node node) {
        return text(node, "the name of a column")
                .map(name -> new Positioned(new ColumnPath(name, List.of()), name, position(node)));
    }

    /** A list of at least one expression; empty when any is wrong. */
    Optional<List<Positioned>> expressions(Node node, String what) {
        Optional<List<Node>> nodes = list(node, what);
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        if (nodes.get().isEmpty()) {
            problem(node, "Expected " + what + ", found an empty list.");
            return Optional.empty();
        }
        List<Positioned> found = new ArrayList<>();
        nodes.get().forEach(element -> expression(element, "an expression").ifPresent(found::add));
        return found.size() == nodes.get().size() ? Optional.of(found) : Optional.empty();
    }

    /** As a message names what it found. */
    static String describe(Node node) {
        if (node instanceof MappingNode) {
            return "a map";
        }
        if (node instanceof ScalarNode scalar) {
            boolean nothing =
                    scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank();
            return nothing ? "nothing" : "'" + SchemaProblem.excerpt(scalar.getValue()) + "'";
        }
        return "a list";
    }
}
