package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.walk.WalkSpec.EdgeKind;
import io.spangraph.engine.exec.walk.WalkSpec.EndMatch;
import io.spangraph.engine.exec.walk.WalkSpec.KeyPart;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Vertices and edges as a walk sees them: parents that stand on a vertex's own row (UP, in a scope) and edges of a table
 * (LINK, without one).
 */
final class SmallGraph {
    static final Variable FROM = new Variable("from", 1, Variable.Kind.NODE);
    static final Variable EDGE = new Variable("edge", 2, Variable.Kind.RELATIONSHIP);
    static final Variable STEP = new Variable("step", 3, Variable.Kind.NODE);
    static final Variable TO = new Variable("to", 4, Variable.Kind.NODE);
    static final ColumnId WALK = ColumnId.of(new Variable("walk", 5, Variable.Kind.VALUE));
    static final ColumnId NODES = ColumnId.of(new Variable("nodes", 6, Variable.Kind.VALUE));

    private static final KeyPart SAME_ROW = new KeyPart(new EntityField.Row(), new EntityField.Row());
    private static final KeyPart TENANT = new KeyPart(new EntityField.Tenant(), new EntityField.Tenant());
    private static final KeyPart SCOPE =
            new KeyPart(new EntityField.ScopeKey(0), new EntityField.PropertyField("scope"));

    private SmallGraph() {}

    /** @param row negative for a vertex that exists because an edge says so */
    record Vertex(String type, Value tenant, long key, long row, Value scope) {
        String name() {
            return type + key + "@" + row;
        }
    }

    /** @param id of the edge; two rows may have one */
    record Edge(
            String type, boolean reversed, Value tenant, long id, long row, Value scope, EdgeEnd near, EdgeEnd far) {
        String name() {
            return type + row + (reversed ? "<" : ">");
        }

        Edge turned() {
            return new Edge(type, !reversed, tenant, id, row, scope, far, near);
        }

        boolean sameAs(Edge other) {
            return type.equals(other.type) && tenant.equals(other.tenant) && id == other.id;
        }
    }

    /** @param sameRow whether the edge stands on the row of the vertex at this end */
    record EdgeEnd(String vertexType, long key, boolean sameRow) {}

    static boolean meets(Edge edge, EdgeEnd end, Vertex vertex) {
        if (!vertex.type().equals(end.vertexType())) {
            return false;
        }
        if (end.sameRow()) {
            return vertex.row() == edge.row();
        }
        boolean scoped = edge.type().equals("UP");
        return vertex.key() == end.key()
                && !edge.tenant().isNull()
                && edge.tenant().equals(vertex.tenant())
                && (!scoped || !edge.scope().isNull() && edge.scope().equals(vertex.scope()));
    }

    /** UP leads from an A, on whose row it stands, to an A; LINK from an A to a B. */
    static List<EdgeKind> kinds(boolean forward, boolean backward) {
        EndMatch upper = new EndMatch("A", List.of(TENANT, SCOPE, far(End.FAR)));
        EndMatch upperNear = new EndMatch("A", List.of(TENANT, SCOPE, far(End.NEAR)));
        EndMatch onRow = new EndMatch("A", List.of(SAME_ROW));
        List<EdgeKind> kinds = new ArrayList<>();
        if (forward) {
            kinds.add(new EdgeKind("UP", false, onRow, upper));
            kinds.add(new EdgeKind("LINK", false, byKey("A", End.NEAR), byKey("B", End.FAR)));
        }
        if (backward) {
            kinds.add(new EdgeKind("UP", true, upperNear, onRow));
            kinds.add(new EdgeKind("LINK", true, byKey("B", End.NEAR), byKey("A", End.FAR)));
        }
        return kinds;
    }

    private static EndMatch byKey(String type, End end) {
        return new EndMatch(type, List.of(TENANT, far(end)));
    }

    private static KeyPart far(End end) {
        return new KeyPart(new EntityField.EndKey(end, 0), new EntityField.Key(0));
    }

    static RowLayout vertexLayout(Variable variable) {
        return new RowLayout(vertexFields().stream()
                .map(field -> new ColumnId(variable, field))
                .toList());
    }

    private static List<EntityField> vertexFields() {
        return List.of(
                new EntityField.TypeName(),
                new EntityField.Tenant(),
                new EntityField.Key(0),
                new EntityField.Row(),
                new EntityField.PropertyField("scope"));
    }

    private static List<EntityField> edgeFields() {
        return List.of(
                new EntityField.TypeName(),
                new EntityField.Reversed(),
                new EntityField.Tenant(),
                new EntityField.Key(0),
                new EntityField.Row(),
                new EntityField.ScopeKey(0),
                new EntityField.EndKey(End.NEAR, 0),
                new EntityField.EndKey(End.FAR, 0));
    }

    static BatchInput vertices(Variable variable, List<Vertex> vertices) {
        return input(vertexLayout(variable), vertices, SmallGraph::vertexRow);
    }

    static BatchInput edges(List<Edge> edges) {
        return input(
                new RowLayout(edgeFields().stream()
                        .map(field -> new ColumnId(EDGE, field))
                        .toList()),
                edges,
                SmallGraph::edgeRow);
    }

    /** Vertices that exist because an edge says so, each with its edge. */
    record Trusted(Edge edge, Vertex vertex) {}

    static BatchInput trusted(Variable variable, List<Trusted> rows) {
        RowLayout layout = new RowLayout(Stream.concat(
                        Stream.of(new EntityField.TypeName(), new EntityField.Reversed(), new EntityField.Row())
                                .map(field -> new ColumnId(EDGE, field)),
                        vertexFields().stream().map(field -> new ColumnId(variable, field)))
                .toList());
        return input(layout, rows, row -> {
            List<Value> edge = edgeRow(row.edge());
            List<Value> values = new ArrayList<>(List.of(edge.get(0), edge.get(1), edge.get(4)));
            values.addAll(vertexRow(row.vertex()));
            return values;
        });
    }

    private static List<Value> vertexRow(Vertex vertex) {
        return List.of(
                Value.of(vertex.type()),
                vertex.tenant(),
                Value.of(vertex.key()),
                vertex.row() < 0 ? Value.NULL : Value.of(vertex.row()),
                vertex.scope());
    }

    private static List<Value> edgeRow(Edge edge) {
        return List.of(
                Value.of(edge.type()),
                Value.of(edge.reversed()),
                edge.tenant(),
                Value.of(edge.id()),
                Value.of(edge.row()),
                edge.scope(),
                Value.of(edge.near().key()),
                Value.of(edge.far().key()));
    }

    /** Both ends of walks that are searched for, of all pairs of these vertices. */
    static BatchInput pairs(List<Vertex> starts, List<Vertex> ends) {
        RowLayout layout =
                new RowLayout(Stream.concat(vertexLayout(FROM).columns().stream(), vertexLayout(TO).columns().stream())
                        .toList());
        List<List<Vertex>> pairs = starts.stream()
                .flatMap(start -> ends.stream().map(end -> List.of(start, end)))
                .toList();
        return input(
                layout,
                pairs,
                pair -> pair.stream()
                        .flatMap(vertex -> vertexRow(vertex).stream())
                        .toList());
    }

    /** Batches of three rows, of which the first is a row of nulls that is not selected. */
    private static <T> BatchInput input(RowLayout layout, List<T> rows, Function<T, List<Value>> values) {
        List<RowBatch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += 3) {
            List<T> part = rows.subList(from, Math.min(rows.size(), from + 3));
            List<Vector> columns = new ArrayList<>();
            for (int column = 0; column < layout.width(); column++) {
                List<Object> cells = new ArrayList<>(List.of(Vectors.NULL));
                for (T row : part) {
                    cells.add(values.apply(row).get(column));
                }
                columns.add(Vectors.values(cells.toArray()));
            }
            int[] selected = IntStream.rangeClosed(1, part.size()).toArray();
            batches.add(RowBatch.of(columns, part.size() + 1).select(selected));
        }
        return new BatchInput(layout, batches);
    }

    /** For walks to vertices of a target. */
    static WalkSpec spec(int min, OptionalInt max, List<EdgeKind> kinds, boolean lists) {
        return spec(min, max, kinds, lists, 0);
    }

    /** For walks whose input binds both ends. */
    static WalkSpec pairSpec(int min, OptionalInt max, List<EdgeKind> kinds) {
        return spec(min, max, kinds, true, vertexFields().size());
    }

    private static WalkSpec spec(int min, OptionalInt max, List<EdgeKind> kinds, boolean lists, int toColumn) {
        List<ColumnId> output = new ArrayList<>(vertexLayout(FROM).columns());
        output.addAll(vertexLayout(TO).columns());
        if (lists) {
            output.add(WALK);
            output.add(NODES);
        }
        return new WalkSpec(
                FROM,
                EDGE,
                STEP,
                TO,
                min,
                max,
                kinds,
                lists ? Optional.of(new WalkSpec.WalkList(WALK, edgeName())) : Optional.empty(),
                lists
                        ? Optional.of(new WalkSpec.NodeList(NODES, vertexName(0), vertexName(0), vertexName(toColumn)))
                        : Optional.empty(),
                List.of(),
                new RowLayout(output));
    }

    /** What stands for a relationship in the lists. */
    private static CompiledExpression edgeName() {
        return batch -> named(
                batch,
                row -> batch.value(row, 0) instanceof Value.StringValue(String type)
                        ? type
                                + number(batch.value(row, 4))
                                + (batch.value(row, 1).isTrue() ? "<" : ">")
                        : "");
    }

    /** What stands for a node in the lists, whose columns start at the given one. */
    private static CompiledExpression vertexName(int column) {
        return batch -> named(
                batch,
                row -> batch.value(row, column) instanceof Value.StringValue(String type)
                        ? type + number(batch.value(row, column + 2)) + "@" + number(batch.value(row, column + 3))
                        : "");
    }

    private static Vector named(RowBatch batch, Function<Integer, String> name) {
        Object[] names = new Object[batch.rowCount()];
        Arrays.setAll(names, name::apply);
        return Vectors.values(names);
    }

    static long number(Value value) {
        return value instanceof Value.IntegerValue(long number) ? number : -1;
    }

    static WalkInputs inputs(Operator input, List<Edge> edges, List<Vertex> steps, List<Vertex> targets) {
        return WalkInputs.of(input, edges(edges), vertices(STEP, steps), vertices(TO, targets));
    }
}
