package io.spangraph.engine.exec.expression;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Whole nodes and relationships, put together from the columns in which they lie. */
final class Entities {
    private Entities() {}

    /** Where a variable's identity and properties lie. */
    static final class Columns {
        private final int typeName;
        private final OptionalInt tenant;
        private final List<Integer> key;
        private final Map<String, Integer> properties = new LinkedHashMap<>();

        Columns(Variable variable, RowLayout layout) {
            typeName = layout.requirePosition(new ColumnId(variable, new EntityField.TypeName()));
            tenant = layout.positionOf(new ColumnId(variable, new EntityField.Tenant()));
            key = positions(variable, layout, EntityField.Key::new);
            for (int position : layout.positionsOf(variable)) {
                if (layout.columns().get(position).field() instanceof EntityField.PropertyField(String name)) {
                    properties.put(name, position);
                }
            }
        }

        Vector typeNames(RowBatch batch) {
            return batch.column(typeName);
        }

        Optional<String> tenantAt(RowBatch batch, int row) {
            return tenant.isPresent()
                            && batch.column(tenant.getAsInt()).value(row) instanceof Value.StringValue(String text)
                    ? Optional.of(text)
                    : Optional.empty();
        }

        List<Value> keyAt(RowBatch batch, int row, int parts) {
            return valuesAt(batch, row, key, parts);
        }

        Map<String, Value> propertiesAt(RowBatch batch, int row, Map<String, PropertyMapping> mapped) {
            Map<String, Value> found = new LinkedHashMap<>();
            for (PropertyMapping property : mapped.values()) {
                Integer position = property.lazy() ? null : properties.get(property.name());
                if (position != null && !batch.column(position).isNull(row)) {
                    found.put(property.name(), batch.column(position).value(row));
                }
            }
            return found;
        }
    }

    private static List<Integer> positions(
            Variable variable, RowLayout layout, java.util.function.IntFunction<EntityField> field) {
        List<Integer> positions = new ArrayList<>();
        OptionalInt next = layout.positionOf(new ColumnId(variable, field.apply(0)));
        while (next.isPresent()) {
            positions.add(next.getAsInt());
            next = layout.positionOf(new ColumnId(variable, field.apply(positions.size())));
        }
        return positions;
    }

    private static List<Value> valuesAt(RowBatch batch, int row, List<Integer> positions, int parts) {
        List<Value> values = new ArrayList<>(parts);
        for (int i = 0; i < parts && i < positions.size(); i++) {
            values.add(batch.column(positions.get(i)).value(row));
        }
        return values;
    }

    /** A node variable as a value. */
    static final class NodeExpression implements CompiledExpression {
        private final Columns columns;
        private final Map<String, VertexType> types;

        NodeExpression(Variable node, RowLayout layout, GraphSchema schema) {
            columns = new Columns(node, layout);
            types = schema.vertexTypesByName();
        }

        @Override
        public Vector evaluate(RowBatch batch) {
            Value[] nodes = Vectors.nulls(batch.physicalRows());
            Vector typeNames = columns.typeNames(batch);
            for (int row : batch.selectedRows()) {
                if (typeNames.value(row) instanceof Value.StringValue(String name)) {
                    nodes[row] = node(batch, row, typeNamed(types, name));
                }
            }
            return new Vector.ValueVector(nodes);
        }

        private Value node(RowBatch batch, int row, VertexType type) {
            VertexId id = new VertexId(
                    type.name(),
                    columns.tenantAt(batch, row),
                    columns.keyAt(batch, row, type.id().size()));
            return new Value.NodeValue(
                    id, List.copyOf(type.labels()), columns.propertiesAt(batch, row, type.properties()));
        }
    }

    /** A relationship variable as a value. */
    static final class RelationshipExpression implements CompiledExpression {
        private final Columns columns;
        private final List<Integer> near;
        private final List<Integer> far;
        private final OptionalInt reversed;
        private final Map<String, EdgeType> types = new HashMap<>();
        private final Map<String, VertexType> vertexTypes;

        RelationshipExpression(Variable relationship, RowLayout layout, GraphSchema schema) {
            columns = new Columns(relationship, layout);
            near = positions(relationship, layout, index -> new EntityField.EndKey(End.NEAR, index));
            far = positions(relationship, layout, index -> new EntityField.EndKey(End.FAR, index));
            reversed = layout.positionOf(new ColumnId(relationship, new EntityField.Reversed()));
            schema.edgeTypes().forEach(type -> types.put(type.identifier(), type));
            vertexTypes = schema.vertexTypesByName();
        }

        @Override
        public Vector evaluate(RowBatch batch) {
            Value[] edges = Vectors.nulls(batch.physicalRows());
            Vector typeNames = columns.typeNames(batch);
            for (int row : batch.selectedRows()) {
                if (typeNames.value(row) instanceof Value.StringValue(String name)) {
                    edges[row] = relationship(batch, row, typeNamed(types, name));
                }
            }
            return new Vector.ValueVector(edges);
        }

        private Value relationship(RowBatch batch, int row, EdgeType type) {
            Optional<String> tenant = columns.tenantAt(batch, row);
            EdgeId id = new EdgeId(
                    type.identifier(),
                    tenant,
                    columns.keyAt(batch, row, type.id().map(List::size).orElse(1)));
            boolean backwards = reversed.isPresent()
                    && batch.column(reversed.getAsInt()).value(row).isTrue();
            VertexId start = end(batch, row, type.from().vertexType(), tenant, backwards ? far : near);
            VertexId end = end(batch, row, type.to().vertexType(), tenant, backwards ? near : far);
            return new Value.RelationshipValue(
                    id, type.name(), start, end, columns.propertiesAt(batch, row, type.properties()));
        }

        private VertexId end(
                RowBatch batch, int row, String vertexType, Optional<String> tenant, List<Integer> positions) {
            VertexType type = typeNamed(vertexTypes, vertexType);
            Optional<String> owner = type.tenant().isPresent() ? tenant : Optional.empty();
            return new VertexId(
                    vertexType, owner, valuesAt(batch, row, positions, type.id().size()));
        }
    }

    static <T> T typeNamed(Map<String, T> types, String name) {
        return Optional.ofNullable(types.get(name))
                .orElseThrow(() -> new IllegalStateException("no type " + name + " in the graph's schema"));
    }
}
