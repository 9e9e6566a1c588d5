package io.spangraph.engine.physical;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListComprehension;
import io.spangraph.engine.expr.Expression.ListPredicate;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which columns an expression reads: exactly those that its evaluation asks for, so that scans read no more. */
final class ColumnDemand {
    private final GraphSchema schema;
    private final VariableTypes types;

    ColumnDemand(GraphSchema schema, VariableTypes types) {
        this.schema = schema;
        this.types = types;
    }

    /** How much of a node or relationship is needed. */
    private enum Detail {
        /** Whether it is null, and of which type. */
        TYPE,
        /** Type, tenant and key. */
        IDENTITY,
        /** Identity, ends and all properties that are not lazy. */
        WHOLE
    }

    Set<ColumnId> of(Expression expression) {
        Set<ColumnId> found = new LinkedHashSet<>();
        collect(expression, found);
        return found;
    }

    Set<ColumnId> of(Collection<Expression> expressions) {
        Set<ColumnId> found = new LinkedHashSet<>();
        expressions.forEach(expression -> collect(expression, found));
        return found;
    }

    /** What tells the values of a variable apart. */
    Set<ColumnId> identity(Variable variable) {
        Set<ColumnId> found = new LinkedHashSet<>();
        collect(variable, Detail.IDENTITY, found);
        return found;
    }

    /** What tells whether there is a value at all. */
    Set<ColumnId> presence(Variable variable) {
        Set<ColumnId> found = new LinkedHashSet<>();
        collect(variable, Detail.TYPE, found);
        return found;
    }

    Set<ColumnId> whole(Variable variable) {
        Set<ColumnId> found = new LinkedHashSet<>();
        collect(variable, Detail.WHOLE, found);
        return found;
    }

    private void collect(Expression expression, Set<ColumnId> found) {
        switch (expression) {
            case VariableRef(Variable variable) -> collect(variable, Detail.WHOLE, found);
            case FieldRef(Variable variable, EntityField field) -> found.add(new ColumnId(variable, field));
            case Property(VariableRef(Variable variable), String name)
            when variable.isEntity() -> found.add(ColumnId.property(variable, name));
            case Subscript(VariableRef(Variable variable), Literal(Value.StringValue(String name)))
            when variable.isEntity() -> found.add(ColumnId.property(variable, name));
            case Subscript(VariableRef(Variable variable), Expression index)
            when variable.isEntity() -> {
                anyProperty(variable, found);
                collect(index, found);
            }
            case Compare compare -> operands(ExpressionTree.children(compare), comparedBy(compare), found);
            case Expression.In in -> operands(List.of(in.operand(), in.list()), Detail.IDENTITY, found);
            case IsNull isNull -> operands(List.of(isNull.operand()), Detail.TYPE, found);
            case HasLabels labels -> operands(List.of(labels.node()), Detail.TYPE, found);
            case FunctionCall call -> operands(call.arguments(), argumentDetail(call.name()), found);
            case DistinctRelationships distinct ->
                distinct.relationships().forEach(variable -> collect(variable, Detail.IDENTITY, found));
            case SameRow(Variable left, Variable right) -> {
                row(left, found);
                row(right, found);
            }
            case ListComprehension loop -> loop(loop, loop.element(), found);
            case ListPredicate loop -> loop(loop, loop.element(), found);
            case Expression.Reduce loop -> {
                loop(loop, loop.element(), found);
                found.remove(ColumnId.of(loop.accumulator()));
            }
            case Expression other -> ExpressionTree.children(other).forEach(child -> collect(child, found));
        }
    }

    /** The name is known when the query runs: large properties may be asked for too. */
    private void anyProperty(Variable variable, Set<ColumnId> found) {
        if (variable.kind() == Variable.Kind.NODE) {
            types.vertices(variable)
                    .forEach(type -> all(variable, type.properties().keySet(), found));
        } else {
            types.edges(variable)
                    .forEach(type -> all(variable, type.properties().keySet(), found));
        }
        found.add(new ColumnId(variable, new EntityField.TypeName()));
    }

    private static void all(Variable variable, Set<String> names, Set<ColumnId> found) {
        names.forEach(name -> found.add(ColumnId.property(variable, name)));
    }

    /** The element is no column of the row: the loop itself binds it. */
    private void loop(Expression loop, Variable element, Set<ColumnId> found) {
        ExpressionTree.children(loop).forEach(child -> collect(child, found));
        found.remove(ColumnId.of(element));
    }

    private static Detail comparedBy(Compare compare) {
        boolean equality =
                compare.operator() == CompareOperator.EQUAL || compare.operator() == CompareOperator.NOT_EQUAL;
        return equality ? Detail.IDENTITY : Detail.WHOLE;
    }

    private static Detail argumentDetail(String function) {
        return switch (function.toLowerCase(Locale.ROOT)) {
            case "labels", "type" -> Detail.TYPE;
            case "elementid", "id" -> Detail.IDENTITY;
            default -> Detail.WHOLE;
        };
    }

    private void row(Variable variable, Set<ColumnId> found) {
        collect(variable, Detail.IDENTITY, found);
        found.add(new ColumnId(variable, new EntityField.Row()));
    }

    private void operands(List<Expression> operands, Detail detail, Set<ColumnId> found) {
        for (Expression operand : operands) {
            if (operand instanceof VariableRef(Variable variable)) {
                collect(variable, detail, found);
            } else {
                collect(operand, found);
            }
        }
    }

    private void collect(Variable variable, Detail detail, Set<ColumnId> found) {
        switch (variable.kind()) {
            case VALUE -> found.add(ColumnId.of(variable));
            case NODE -> {
                found.add(new ColumnId(variable, new EntityField.TypeName()));
                types.vertices(variable).forEach(type -> node(variable, type, detail, found));
            }
            case RELATIONSHIP -> {
                found.add(new ColumnId(variable, new EntityField.TypeName()));
                types.edges(variable).forEach(type -> relationship(variable, type, detail, found));
            }
        }
    }

    private static void node(Variable variable, VertexType type, Detail detail, Set<ColumnId> found) {
        if (detail == Detail.TYPE) {
            return;
        }
        key(variable, type.tenant().isPresent(), type.id().size(), found);
        if (detail == Detail.WHOLE) {
            properties(variable, type.properties(), found);
        }
    }

    private void relationship(Variable variable, EdgeType type, Detail detail, Set<ColumnId> found) {
        if (detail == Detail.TYPE) {
            return;
        }
        key(variable, type.tenant().isPresent(), type.id().map(List::size).orElse(1), found);
        if (detail == Detail.WHOLE) {
            found.add(new ColumnId(variable, new EntityField.Reversed()));
            int parts = Math.max(
                    keyParts(type.from().vertexType()), keyParts(type.to().vertexType()));
            for (int i = 0; i < parts; i++) {
                found.add(new ColumnId(variable, new EntityField.EndKey(End.NEAR, i)));
                found.add(new ColumnId(variable, new EntityField.EndKey(End.FAR, i)));
            }
            properties(variable, type.properties(), found);
        }
    }

    private int keyParts(String vertexType) {
        return schema.vertexType(vertexType).map(type -> type.id().size()).orElse(0);
    }

    private static void key(Variable variable, boolean owned, int parts, Set<ColumnId> found) {
        if (owned) {
            found.add(new ColumnId(variable, new EntityField.Tenant()));
        }
        for (int i = 0; i < parts; i++) {
            found.add(new ColumnId(variable, new EntityField.Key(i)));
        }
    }

    private static void properties(Variable variable, Map<String, PropertyMapping> mapped, Set<ColumnId> found) {
        mapped.values().stream()
                .filter(property -> !property.lazy())
                .forEach(property -> found.add(ColumnId.property(variable, property.name())));
    }
}
