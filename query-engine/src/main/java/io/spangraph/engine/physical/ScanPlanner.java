package io.spangraph.engine.physical;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes scan templates: where each wanted column comes from, which rows count, and what the source may skip by. */
final class ScanPlanner {
    private static final ScanValue ABSENT = new ScanValue.Constant(Value.NULL);

    private final GraphSchema schema;

    ScanPlanner(GraphSchema schema) {
        this.schema = schema;
    }

    /** The scan of one vertex type; it gives these columns, null where the type has nothing of that name. */
    PhysicalPlan.TableScan vertices(
            VertexScan scan, VertexCandidate candidate, List<Expression> predicates, Set<ColumnId> wanted) {
        VertexType type = candidate.type();
        Rows rows = new Rows(wanted);
        rows.where(type.source());
        for (int i = 0; i < type.id().size(); i++) {
            rows.required(
                    new ColumnId(scan.node(), new EntityField.Key(i)),
                    mapped(type.id().get(i)),
                    false);
        }
        for (EdgeOnRow edge : scan.edgesOnRow()) {
            rows.edge(edge.relationship(), edge.candidate());
        }
        for (ColumnId column : wanted) {
            rows.provide(
                    column,
                    () -> column.variable().equals(scan.node())
                            ? vertexValue(type, column.field())
                            : edgeOnRowValue(scan, column));
        }
        List<EdgeType> onRow =
                scan.edgesOnRow().stream().map(edge -> edge.candidate().type()).toList();
        return rows.template(new Subject.Vertices(type, onRow), pinned(candidate.pin(), type.name()), predicates);
    }

    /** The scan of one edge type in one direction. */
    PhysicalPlan.TableScan edges(EdgeScan scan, EdgeCandidate candidate, Set<ColumnId> wanted) {
        Rows rows = new Rows(wanted);
        rows.edge(scan.relationship(), candidate);
        for (ColumnId column : wanted) {
            rows.provide(column, () -> edgeValue(candidate, column.field()));
        }
        EdgeType type = candidate.type();
        return rows.template(new Subject.Edges(type), pinned(candidate.pin(), type.identifier()), scan.predicates());
    }

    private static PinMode pinned(Optional<PinMode> pin, String type) {
        return pin.orElseThrow(() -> QueryException.of(
                QueryErrorCode.INTERNAL, "The scan of '" + type + "' has no pin, so it cannot be planned."));
    }

    private static ScanValue mapped(Positioned expression) {
        return new ScanValue.Mapped(expression.expression());
    }

    private static ScanValue mapped(Optional<Positioned> expression) {
        return expression.map(ScanPlanner::mapped).orElse(ABSENT);
    }

    private static ScanValue mapped(List<Positioned> expressions, int index) {
        return index < expressions.size() ? mapped(expressions.get(index)) : ABSENT;
    }

    private static ScanValue vertexValue(VertexType type, EntityField field) {
        return switch (field) {
            case EntityField.TypeName name -> new ScanValue.Constant(Value.of(type.name()));
            case EntityField.Tenant tenant -> mapped(type.tenant());
            case EntityField.Key(int index) -> mapped(type.id(), index);
            case EntityField.Row row -> new ScanValue.RowReference();
            case EntityField.PropertyField(String name) ->
                mapped(Optional.ofNullable(type.properties().get(name)).map(PropertyMapping::expression));
            case EntityField.Whole whole -> ABSENT;
            case EntityField.ScopeKey scope -> ABSENT;
            case EntityField.EndKey end -> ABSENT;
            case EntityField.Reversed reversed -> ABSENT;
        };
    }

    private ScanValue edgeOnRowValue(VertexScan scan, ColumnId column) {
        return scan.edgesOnRow().stream()
                .filter(edge -> edge.relationship().equals(column.variable()))
                .findFirst()
                .map(edge -> edgeValue(edge.candidate(), column.field()))
                .orElse(ABSENT);
    }

    private ScanValue edgeValue(EdgeCandidate candidate, EntityField field) {
        EdgeType type = candidate.type();
        return switch (field) {
            case EntityField.TypeName name -> new ScanValue.Constant(Value.of(type.identifier()));
            case EntityField.Tenant tenant -> mapped(type.tenant());
            case EntityField.Key(int index) ->
                type.id().map(id -> mapped(id, index)).orElse(index == 0 ? new ScanValue.RowReference() : ABSENT);
            case EntityField.Row row -> new ScanValue.RowReference();
            case EntityField.PropertyField(String name) ->
                mapped(Optional.ofNullable(type.properties().get(name)).map(PropertyMapping::expression));
            case EntityField.ScopeKey(int index) -> mapped(type.scopeKey(), index);
            case EntityField.EndKey(End end, int index) ->
                mapped(endKey(end == End.NEAR ? candidate.near() : candidate.far()), index);
            case EntityField.Reversed reversed -> new ScanValue.Constant(Value.of(candidate.reversed()));
            case EntityField.Whole whole -> ABSENT;
        };
    }

    /** The expressions over the edge's row that name the vertex; an edge on the vertex's own row names it by its id. */
    private List<Positioned> endKey(EdgeEnd end) {
        return switch (end) {
            case EdgeEnd.ByKey byKey -> byKey.key();
            case EdgeEnd.SameRow sameRow -> vertexType(sameRow.vertexType()).id();
        };
    }

    VertexType vertexType(String name) {
        return schema.vertexType(name)
                .orElseThrow(() -> new IllegalStateException("no vertex type " + name + " in the graph's schema"));
    }

    /** Collects what a scan needs: an edge on a vertex's row adds to what the vertex asks for. */
    private final class Rows {
        private final List<ScanColumn> columns = new ArrayList<>();
        private final List<MappingExpression> conditions = new ArrayList<>();
        private final List<ColumnId> required = new ArrayList<>();
        private final Set<String> present = new LinkedHashSet<>();
        private final List<Expression> loops = new ArrayList<>();
        private final Set<ColumnId> wanted;

        Rows(Set<ColumnId> wanted) {
            this.wanted = wanted;
        }

        void provide(ColumnId column, Supplier<ScanValue> value) {
            if (columns.stream().noneMatch(known -> known.id().equals(column))) {
                columns.add(new ScanColumn(column, value.get()));
            }
        }

        /** A key that nobody reads need not be read: the source knows, mostly from metadata, where it is null. */
        void required(ColumnId column, ScanValue value, boolean isRead) {
            if (!isRead
                    && !wanted.contains(column)
                    && value instanceof ScanValue.Mapped(MappingExpression.ColumnPath path)
                    && path.fields().isEmpty()) {
                present.add(path.column());
            } else {
                provide(column, () -> value);
                required.add(column);
            }
        }

        void where(RowSource source) {
            switch (source) {
                case RowSource.TableRows rows ->
                    rows.where().map(Positioned::expression).ifPresent(conditions::add);
            }
        }

        /** A row is an edge if its condition holds and all keys of its ends and its scope are there. */
        void edge(Variable relationship, EdgeCandidate candidate) {
            EdgeType type = candidate.type();
            where(type.source());
            for (End end : End.values()) {
                List<Positioned> key = endKey(end == End.NEAR ? candidate.near() : candidate.far());
                for (int i = 0; i < key.size(); i++) {
                    required(
                            new ColumnId(relationship, new EntityField.EndKey(end, i)),
                            mapped(key.get(i)),
                            candidate.skipLoops());
                }
            }
            for (int i = 0; i < type.scopeKey().size(); i++) {
                required(
                        new ColumnId(relationship, new EntityField.ScopeKey(i)),
                        mapped(type.scopeKey().get(i)),
                        false);
            }
            if (candidate.skipLoops()) {
                loops.add(noLoop(relationship, candidate));
            }
        }

        PhysicalPlan.TableScan template(Subject subject, PinMode pin, List<Expression> predicates) {
            List<MappingExpression> distinctConditions =
                    conditions.stream().distinct().toList();
            List<Expression> all = new ArrayList<>(loops);
            all.addAll(predicates);
            Pushdown pushdown = new PushdownPlanner(columns).plan(distinctConditions, all);
            return new PhysicalPlan.TableScan(new ScanTemplate(
                    subject, pin, columns, distinctConditions, required, List.copyOf(present), all, pushdown));
        }
    }

    private Expression noLoop(Variable relationship, EdgeCandidate candidate) {
        if (!candidate.near().vertexType().equals(candidate.far().vertexType())) {
            return new Expression.Literal(Value.TRUE);
        }
        List<Expression> same = new ArrayList<>();
        for (int i = 0; i < endKey(candidate.near()).size(); i++) {
            same.add(new Compare(
                    CompareOperator.EQUAL,
                    new Expression.FieldRef(relationship, new EntityField.EndKey(End.NEAR, i)),
                    new Expression.FieldRef(relationship, new EntityField.EndKey(End.FAR, i))));
        }
        return new Expression.Not(Conjunction.of(same));
    }
}
