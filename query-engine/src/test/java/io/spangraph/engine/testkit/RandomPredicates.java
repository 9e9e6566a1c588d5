package io.spangraph.engine.testkit;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.testkit.RandomExpressions.Type;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.model.value.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Random conditions over variables, mostly such that some rows satisfy them. */
final class RandomPredicates {
    private static final List<String> NODE_PROPERTIES =
            List.of("id", "id", "id2", "s", "s", "tenant", "x", "x", "y", "big", "f", "none");
    private static final List<String> KEY_PROPERTIES = List.of("id", "id", "id2", "tenant");
    private static final List<String> EDGE_PROPERTIES = List.of("w", "w", "s", "big", "none");

    private final Random random;
    private final RandomGraph graph;
    private final ElementIdCodec elementIds;
    /** Ids of the variables that expressions bind themselves, out of the way of those of the plan. */
    private final AtomicInteger bound = new AtomicInteger(1_000_000);

    private final Map<String, Value> parameters = new HashMap<>();
    /** Of which property a plain variable holds the values. */
    private final Map<Variable, String> origins = new HashMap<>();

    RandomPredicates(Random random, RandomGraph graph, Optional<String> tenant) {
        this.random = random;
        this.graph = graph;
        this.elementIds = new ElementIdCodec(graph.schema(), tenant);
    }

    Map<String, Value> parameters() {
        return parameters;
    }

    void computed(Variable variable, Expression expression) {
        if (expression instanceof Property property) {
            origins.put(variable, property.name());
        } else if (expression instanceof VariableRef(Variable source)) {
            origins.put(variable, origins.getOrDefault(source, "x"));
        }
    }

    /** A condition over one or several of the variables. */
    Expression condition(List<Variable> variables) {
        int kind = random.nextInt(100);
        if (kind < 8) {
            return new Not(simple(oneOf(variables)));
        }
        if (kind < 16) {
            return new Or(List.of(simple(oneOf(variables)), simple(oneOf(variables))));
        }
        if (kind < 26) {
            return new And(List.of(simple(oneOf(variables)), simple(oneOf(variables))));
        }
        if (kind < 30) {
            return new Not(new Or(List.of(simple(oneOf(variables)), simple(oneOf(variables)))));
        }
        if (kind < 33) {
            return new And(List.of(new Literal(Value.TRUE), simple(oneOf(variables))));
        }
        return simple(oneOf(variables));
    }

    /** A condition on a key, as most queries have. */
    Expression keyCondition(Variable node) {
        if (random.nextInt(5) == 0) {
            return elementId(node);
        }
        String name = random.nextInt(4) == 0 && !isKeyOnly(node) ? "s" : "id";
        return equality(new Property(new VariableRef(node), name), name);
    }

    /** Equality of a property of two variables, or of the variables. */
    Expression comparison(Variable left, Variable right) {
        String name = property(left);
        return new Compare(
                random.nextInt(4) == 0 ? CompareOperator.NOT_EQUAL : CompareOperator.EQUAL,
                new Property(new VariableRef(left), name),
                new Property(new VariableRef(right), name));
    }

    /** A condition that fails for some rows, and the one that guards it. */
    List<Expression> guarded(Variable node) {
        Expression x = new Property(new VariableRef(node), "x");
        Expression quotient = new Arithmetic(ArithmeticOperator.DIVIDE, new Literal(Value.of(6L)), x);
        return List.of(
                new Compare(CompareOperator.NOT_EQUAL, x, new Literal(Value.of(0L))),
                new Compare(CompareOperator.GREATER, quotient, new Literal(Value.of(1L))));
    }

    String property(Variable variable) {
        if (variable.kind() == Variable.Kind.NODE) {
            return oneOf(isKeyOnly(variable) ? KEY_PROPERTIES : NODE_PROPERTIES);
        }
        return oneOf(EDGE_PROPERTIES);
    }

    /** A trusted type of edges of which one end is a vertex with a unique key, if there is one. */
    Optional<EdgeType> foreignKey() {
        List<EdgeType> types = graph.schema().edgeTypes().stream()
                .filter(type -> type.trust() && (isUnique(type.from()) || isUnique(type.to())))
                .toList();
        return types.isEmpty() ? Optional.empty() : Optional.of(oneOf(types));
    }

    /** A type of edges, the only one of its name, that names the vertex at one end by its key, if there is one. */
    Optional<EdgeType> toKey() {
        List<EdgeType> all = graph.schema().edgeTypes();
        List<EdgeType> types = all.stream()
                .filter(type -> type.from() instanceof EdgeEnd.ByKey || type.to() instanceof EdgeEnd.ByKey)
                .filter(type -> !type.trust() || type.scope().isEmpty())
                .filter(type -> all.stream()
                                .filter(other -> other.name().equals(type.name()))
                                .count()
                        == 1)
                .toList();
        return types.isEmpty() ? Optional.empty() : Optional.of(oneOf(types));
    }

    /** A type of edges between vertices of one type that are in one scope and of which one names the other, if there is one. */
    Optional<EdgeType> insideScope() {
        List<EdgeType> types = insideScopes();
        return types.isEmpty() ? Optional.empty() : Optional.of(oneOf(types));
    }

    private List<EdgeType> insideScopes() {
        return graph.schema().edgeTypes().stream()
                .filter(type -> type.scope().isPresent()
                        && type.from().vertexType().equals(type.to().vertexType())
                        && (type.from() instanceof EdgeEnd.SameRow) != (type.to() instanceof EdgeEnd.SameRow))
                .toList();
    }

    /** As {@link #insideScope()}, of those whose vertices have each a key of their own, and that share no name with others. */
    Optional<EdgeType> onlyNamedInsideScope() {
        List<EdgeType> types = insideScopes().stream()
                .filter(type -> isUnique(type.from()) || isUnique(type.to()))
                .filter(type -> graph.schema().edgeTypes().stream()
                        .noneMatch(other -> other != type && other.name().equals(type.name())))
                .toList();
        return types.isEmpty() ? Optional.empty() : Optional.of(oneOf(types));
    }

    /** Whether a trusted edge may lead to a node that has no row in its scope. */
    boolean nodesMayStandIn() {
        return graph.schema().edgeTypes().stream()
                .anyMatch(type -> type.trust() && type.scope().isPresent());
    }

    /** The type of edges from children to parents, if its vertices have a label of their own. */
    Optional<EdgeType> parents() {
        return graph.schema().edgeTypes().stream()
                .filter(type -> type.name().equals(RandomGraph.PARENT))
                .filter(type -> ownLabel(type.from().vertexType()) instanceof LabelExpression.Label)
                .findFirst();
    }

    /** A label that no other type has, or any. */
    LabelExpression ownLabel(String vertexType) {
        Set<String> labels = new TreeSet<>(
                graph.schema().vertexType(vertexType).orElseThrow().labels());
        graph.schema().vertexTypes().stream()
                .filter(other -> !other.name().equals(vertexType))
                .forEach(other -> labels.removeAll(other.labels()));
        return labels.isEmpty()
                ? new LabelExpression.Any()
                : new LabelExpression.Label(labels.iterator().next());
    }

    private boolean isUnique(EdgeEnd end) {
        return end instanceof EdgeEnd.ByKey
                && graph.schema()
                        .vertexType(end.vertexType())
                        .map(VertexType::unique)
                        .orElse(false);
    }

    /** Of some nodes no condition and no clause asks for more than its key. */
    static boolean isKeyOnly(Variable node) {
        return node.id() % 4 == 0;
    }

    private Expression simple(Variable variable) {
        if (variable.kind() == Variable.Kind.VALUE) {
            return ofValue(variable);
        }
        if (variable.kind() == Variable.Kind.NODE && random.nextInt(6) == 0) {
            return random.nextInt(3) == 0 ? label(variable) : elementId(variable);
        }
        String name = property(variable);
        Expression property = new Property(new VariableRef(variable), name);
        if (random.nextInt(12) == 0) {
            Expression x = new Property(new VariableRef(variable), numbers(variable));
            return random.nextInt(4) == 0 ? expressions(variable).of(Type.BOOLEAN, 3) : epochCondition(variable, x);
        }
        return switch (random.nextInt(10)) {
            case 0 -> new IsNull(property, false);
            case 1 -> new IsNull(property, true);
            case 2, 3 -> new Compare(range(), property, constant(name));
            case 4 -> new In(property, new ListLiteral(List.of(constant(name), constant(name))));
            case 5 ->
                new TextMatch(TextOperator.STARTS_WITH, property, new Literal(Value.of(oneOf(List.of("m", "k", "p")))));
            case 6 ->
                new Compare(
                        CompareOperator.GREATER_OR_EQUAL,
                        new FunctionCall("coalesce", List.of(property, constant(name))),
                        constant(name));
            default -> equality(property, name);
        };
    }

    private Expression epochCondition(Variable variable, Expression count) {
        return expressions(variable).epochCondition(count);
    }

    /** Expressions over the properties of a node or relationship. */
    private RandomExpressions expressions(Variable variable) {
        return new RandomExpressions(random, bound::getAndIncrement)
                .reading(Type.INTEGER, new Property(new VariableRef(variable), numbers(variable)))
                .reading(Type.TEXT, new Property(new VariableRef(variable), "big"));
    }

    private static String numbers(Variable variable) {
        return variable.kind() == Variable.Kind.NODE ? "x" : "w";
    }

    /** A value that is computed of what is given, if that is a property. */
    Expression computedOf(Expression value) {
        if (value instanceof Property(VariableRef subject, String name) && random.nextInt(12) == 0) {
            return new Expression.Subscript(subject, parameter(Value.of(name)));
        }
        return value instanceof Property(VariableRef(Variable variable), String name) && random.nextInt(5) == 0
                ? expressions(variable).of(oneOf(List.of(Type.values())), 3)
                : value;
    }

    private Expression ofValue(Variable variable) {
        Expression value = new VariableRef(variable);
        String origin = origins.getOrDefault(variable, "x");
        return switch (random.nextInt(5)) {
            case 0 -> new IsNull(value, true);
            case 1 -> new Compare(range(), value, constant(origin));
            case 2 -> equality(value, origin);
            default ->
                new In(value, new ListLiteral(List.of(constant(origin), constant(origin), new Literal(Value.of("p")))));
        };
    }

    private Expression equality(Expression property, String name) {
        return random.nextBoolean()
                ? new Compare(CompareOperator.EQUAL, property, constant(name))
                : new Compare(CompareOperator.EQUAL, constant(name), property);
    }

    private CompareOperator range() {
        return oneOf(List.of(
                CompareOperator.LESS_OR_EQUAL,
                CompareOperator.GREATER_OR_EQUAL,
                CompareOperator.LESS,
                CompareOperator.NOT_EQUAL));
    }

    private Expression label(Variable node) {
        LabelExpression label = new LabelExpression.Label(oneOf(List.of("A", "B")));
        return new HasLabels(new VariableRef(node), random.nextBoolean() ? label : new LabelExpression.Not(label));
    }

    private Expression elementId(Variable node) {
        Expression call = new FunctionCall("elementId", List.of(new VariableRef(node)));
        if (random.nextInt(3) == 0) {
            Value ids = Value.of(List.of(someElementId(), someElementId(), Value.of("no id")));
            return new In(call, random.nextBoolean() ? new Literal(ids) : parameter(ids));
        }
        Value id = someElementId();
        return new Compare(CompareOperator.EQUAL, call, random.nextBoolean() ? new Literal(id) : parameter(id));
    }

    private Value someElementId() {
        VertexType type = oneOf(graph.schema().vertexTypes());
        List<Map<String, Value>> rows = graph.tables().values().stream()
                .filter(table -> table.schema().name().equals(type.source().table()))
                .findFirst()
                .orElseThrow()
                .rows();
        if (rows.isEmpty()) {
            return Value.of("V0[");
        }
        Map<String, Value> row = oneOf(rows);
        List<Value> key = new ArrayList<>();
        type.id().forEach(part -> key.add(row.getOrDefault(((ColumnPath) part.expression()).column(), graph.key())));
        Optional<String> tenant = type.tenant().map(any -> ValueText.plain(row.getOrDefault("tenant", Value.NULL)));
        return Value.of(elementIds.encode(new VertexId(type.name(), tenant, key)));
    }

    private Expression constant(String property) {
        Value value = switch (property) {
            case "id", "id2", "f" -> graph.key();
            case "s" -> Value.of(oneOf(RandomGraph.SCOPES));
            case "tenant" -> Value.of(oneOf(RandomGraph.TENANTS));
            case "x", "w" -> Value.of((long) random.nextInt(4));
            default -> Value.of(oneOf(RandomGraph.WORDS));
        };
        return random.nextInt(4) == 0 ? parameter(value) : new Literal(value);
    }

    private Expression parameter(Value value) {
        String name = "p" + parameters.size();
        parameters.put(name, value);
        return new Parameter(name);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
