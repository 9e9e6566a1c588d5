package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.model.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Functions of a node or relationship variable that its type or identity answers, without its properties. */
final class EntityFunctionCompiler {
    private final RowLayout layout;
    private final FunctionContext context;
    private final Map<String, VertexType> vertexTypes;
    private final Map<String, EdgeType> edgeTypes = new HashMap<>();

    EntityFunctionCompiler(RowLayout layout, FunctionContext context) {
        this.layout = layout;
        this.context = context;
        this.vertexTypes = context.schema().vertexTypesByName();
        context.schema().edgeTypes().forEach(type -> edgeTypes.put(type.identifier(), type));
    }

    /** The function over the variable's hidden columns; empty when it needs the whole entity. */
    Optional<CompiledExpression> compile(String function, Variable variable) {
        return switch (variable.kind()) {
            case NODE ->
                switch (function) {
                    case "labels" ->
                        Optional.of(ofType(variable, name -> labels(Entities.typeNamed(vertexTypes, name))));
                    case "elementId", "id" -> Optional.of(nodeId(variable));
                    default -> Optional.empty();
                };
            case RELATIONSHIP ->
                switch (function) {
                    case "type" ->
                        Optional.of(ofType(
                                variable,
                                name -> Value.of(
                                        Entities.typeNamed(edgeTypes, name).name())));
                    case "elementId", "id" -> Optional.of(relationshipId(variable));
                    default -> Optional.empty();
                };
            case VALUE -> Optional.empty();
        };
    }

    CompiledExpression hasLabels(Variable node, LabelExpression labels) {
        return ofType(
                node,
                name -> Value.of(
                        labels.matches(Entities.typeNamed(vertexTypes, name).labels())));
    }

    static Value hasLabels(Value value, LabelExpression labels) {
        return switch (value) {
            case Value.NullValue none -> none;
            case Value.NodeValue node -> {
                Set<String> names = new TreeSet<>(node.labels());
                yield Value.of(labels.matches(names));
            }
            case Value other ->
                throw QueryException.of(
                        QueryErrorCode.TYPE_ERROR,
                        "Expected a Node before a label but got " + Values.typeName(other) + ".");
        };
    }

    private static Value labels(VertexType type) {
        return Value.of(type.labels().stream().map(Value::of).toList());
    }

    private CompiledExpression ofType(Variable variable, Function<String, Value> function) {
        int position = layout.requirePosition(new ColumnId(variable, new EntityField.TypeName()));
        return batch -> Vectors.map(
                batch.column(position),
                batch.selectedRows(),
                value -> value instanceof Value.StringValue(String name) ? function.apply(name) : Value.NULL);
    }

    private CompiledExpression nodeId(Variable node) {
        Entities.Columns columns = new Entities.Columns(node, layout);
        return batch -> {
            Value[] ids = Vectors.nulls(batch.physicalRows());
            Vector typeNames = columns.typeNames(batch);
            for (int row : batch.selectedRows()) {
                if (typeNames.value(row) instanceof Value.StringValue(String name)) {
                    int parts = Entities.typeNamed(vertexTypes, name).id().size();
                    VertexId id = new VertexId(name, columns.tenantAt(batch, row), columns.keyAt(batch, row, parts));
                    ids[row] = Value.of(context.elementIds().encode(id));
                }
            }
            return new Vector.ValueVector(ids);
        };
    }

    private CompiledExpression relationshipId(Variable relationship) {
        Entities.Columns columns = new Entities.Columns(relationship, layout);
        return batch -> {
            Value[] ids = Vectors.nulls(batch.physicalRows());
            Vector typeNames = columns.typeNames(batch);
            for (int row : batch.selectedRows()) {
                if (typeNames.value(row) instanceof Value.StringValue(String name)) {
                    int parts = Entities.typeNamed(edgeTypes, name)
                            .id()
                            .map(List::size)
                            .orElse(1);
                    EdgeId id = new EdgeId(name, columns.tenantAt(batch, row), columns.keyAt(batch, row, parts));
                    ids[row] = Value.of(context.elementIds().encode(id));
                }
            }
            return new Vector.ValueVector(ids);
        };
    }
}
