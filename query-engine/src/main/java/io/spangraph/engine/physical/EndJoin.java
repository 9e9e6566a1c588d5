package io.spangraph.engine.physical;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.ExpandMapper.Shape;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Joins rows that hold edges to the vertices at one end. Of a trusted edge that vertex exists even if it has no row: then
 * its key stands for it, and the predicates decide about both kinds alike.
 */
final class EndJoin {
    private final PlanMapper mapper;
    private final Variable relationship;
    private final End end;
    private final VertexScan target;
    private final VertexCandidate candidate;
    private final VertexType type;
    private final boolean byKey;
    private final boolean trusted;
    private final boolean owned;
    private final List<KeyPair> keys = new ArrayList<>();

    /** @param byKey the key of the edge is all that is asked of the vertex, whether or not there is a row */
    EndJoin(PlanMapper mapper, Variable relationship, End end, VertexScan target, boolean byKey, Shape shape) {
        this.mapper = mapper;
        this.relationship = relationship;
        this.end = end;
        this.target = target;
        EdgeEnd edgeEnd = shape.end(end);
        this.candidate = ExpandMapper.targetCandidate(target, edgeEnd).orElseThrow();
        this.type = candidate.type();
        this.byKey = byKey;
        // A vertex without a row cannot carry edges on it.
        this.trusted = shape.trusts(end) && target.edgesOnRow().isEmpty();
        this.owned = shape.owned() && type.tenant().isPresent();
        for (KeyPair pair : ExpandMapper.endKeys(mapper.scans(), target.node(), relationship, end, edgeEnd, shape)) {
            keys.add(new KeyPair(pair.probe(), pair.build()));
        }
    }

    /** What is needed of the edges so that the wanted columns of the vertex can be given. */
    Set<ColumnId> edgeColumns(Set<ColumnId> wanted) {
        Set<ColumnId> columns = new LinkedHashSet<>();
        if (byKey) {
            vertexColumns(wanted)
                    .forEach(column -> standIn(column)
                            .ifPresent(other -> columns.addAll(
                                    PlanMapper.ofVariable(mapper.demand().of(other), relationship))));
        } else {
            keys.forEach(key -> columns.add(key.build()));
        }
        return columns;
    }

    private Set<ColumnId> vertexColumns(Set<ColumnId> wanted) {
        return PlanMapper.restricted(
                PlanMapper.plus(wanted, mapper.demand().of(target.predicates())), target.variables());
    }

    PhysicalPlan map(PhysicalPlan withEdges, Set<ColumnId> wanted) {
        Set<ColumnId> columns = vertexColumns(wanted);
        if (byKey) {
            return ofEdge(withEdges, columns);
        }
        keys.forEach(key -> columns.add(key.probe()));
        columns.add(new ColumnId(target.node(), new EntityField.TypeName()));
        if (!trusted) {
            PhysicalPlan probe = mapper.scans().vertices(target, candidate, target.predicates(), columns);
            return new PhysicalPlan.HashJoin(JoinKind.INNER, withEdges, probe, keys, Optional.empty(), Set.of());
        }
        PhysicalPlan vertices = mapper.scans().vertices(target, candidate, keyPredicates(), columns);
        return satisfying(new PhysicalPlan.Project(keepingEdges(withEdges, vertices), completed(withEdges, vertices)));
    }

    /** Edges that are all read stream by the vertices, which are fewer; few edges narrow the scan of the vertices. */
    private PhysicalPlan keepingEdges(PhysicalPlan edges, PhysicalPlan vertices) {
        if (!isWhole(edges)) {
            return new PhysicalPlan.HashJoin(JoinKind.LEFT_OUTER, edges, vertices, keys, Optional.empty(), Set.of());
        }
        List<KeyPair> turned =
                keys.stream().map(key -> new KeyPair(key.probe(), key.build())).toList();
        return new PhysicalPlan.HashJoin(JoinKind.RIGHT_OUTER, vertices, edges, turned, Optional.empty(), Set.of());
    }

    /** Whether rows are those of whole tables, which no condition makes fewer. */
    private static boolean isWhole(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan(ScanTemplate template) ->
                template.predicates().isEmpty();
            case PhysicalPlan.UnionAll union -> union.parts().stream().allMatch(EndJoin::isWhole);
            case PhysicalPlan.Project project -> isWhole(project.input());
            case PhysicalPlan.HashJoin join ->
                switch (join.kind()) {
                    case LEFT_OUTER -> isWhole(join.build());
                    case RIGHT_OUTER -> isWhole(join.probe());
                    case INNER ->
                        isWhole(join.build())
                                && isWhole(join.probe())
                                && join.residual().isEmpty();
                    case SEMI, ANTI, RIGHT_SEMI, RIGHT_ANTI -> false;
                };
            case PhysicalPlan other -> false;
        };
    }

    /** The vertex as the edge tells it. */
    private PhysicalPlan ofEdge(PhysicalPlan edges, Set<ColumnId> columns) {
        if (columns.isEmpty()) {
            return edges;
        }
        List<Computed> items = new ArrayList<>();
        edges.columns().forEach(column -> items.add(PlanMapper.passOn(column)));
        columns.forEach(column -> items.add(new Computed(column, standIn(column).orElse(new Literal(Value.NULL)))));
        return satisfying(new PhysicalPlan.Project(edges, items));
    }

    private PhysicalPlan satisfying(PhysicalPlan rows) {
        return target.predicates().isEmpty()
                ? rows
                : new PhysicalPlan.Filter(rows, Conjunction.of(target.predicates()));
    }

    /**
     * A row for each edge whose vertex at this end has no row, with the wanted columns of that vertex as the edge tells them.
     *
     * @param edges the scan of the edges
     */
    PhysicalPlan missing(PhysicalPlan edges, Set<ColumnId> wanted) {
        Set<ColumnId> columns = new LinkedHashSet<>();
        keys.forEach(key -> columns.add(key.probe()));
        PhysicalPlan probe = mapper.scans().vertices(target, candidate, List.of(), columns);
        PhysicalPlan unmatched =
                new PhysicalPlan.HashJoin(JoinKind.ANTI, edges, probe, keys, Optional.empty(), Set.of());
        List<Computed> items = new ArrayList<>();
        for (EntityField field :
                List.of(new EntityField.TypeName(), new EntityField.Reversed(), new EntityField.Row())) {
            items.add(PlanMapper.passOn(new ColumnId(relationship, field)));
        }
        for (ColumnId column : wanted) {
            items.add(new Computed(column, standIn(column).orElse(new Literal(Value.NULL))));
        }
        return satisfying(new PhysicalPlan.Project(unmatched, items));
    }

    /** Conditions on the key alone: a vertex without a row meets them exactly if one with a row does. */
    private List<Expression> keyPredicates() {
        return target.predicates().stream()
                .filter(predicate -> ExpressionTree.variables(predicate).equals(Set.of(target.node())))
                .filter(predicate -> mapper.demand().of(predicate).stream().allMatch(this::isKey))
                .toList();
    }

    private boolean isKey(ColumnId column) {
        return switch (column.field()) {
            case EntityField.TypeName name -> true;
            case EntityField.Key key -> true;
            case EntityField.Tenant tenant -> owned;
            case EntityField.PropertyField(String name) -> keyColumn(name).isPresent();
            case EntityField.Whole whole -> false;
            case EntityField.Row row -> false;
            case EntityField.ScopeKey scope -> false;
            case EntityField.EndKey end -> false;
            case EntityField.Reversed reversed -> false;
        };
    }

    private List<Computed> completed(PhysicalPlan withEdges, PhysicalPlan probe) {
        List<Computed> items = new ArrayList<>();
        withEdges.columns().forEach(column -> items.add(PlanMapper.passOn(column)));
        Expression missing = new IsNull(new Expression.FieldRef(target.node(), new EntityField.TypeName()), false);
        for (ColumnId column : probe.columns()) {
            Expression present = PlanMapper.reference(column);
            items.add(new Computed(
                    column,
                    standIn(column)
                            .<Expression>map(other -> new Case(List.of(new When(missing, other)), Optional.of(present)))
                            .orElse(present)));
        }
        return items;
    }

    /** What the edge says of a vertex that has no row; empty for what nothing is known of. */
    private Optional<Expression> standIn(ColumnId column) {
        return switch (column.field()) {
            case EntityField.TypeName name -> Optional.of(new Literal(Value.of(type.name())));
            case EntityField.Tenant tenant -> owner();
            case EntityField.Key(int index) -> index < type.id().size() ? Optional.of(endKey(index)) : Optional.empty();
            case EntityField.PropertyField(String name) -> keyColumn(name);
            case EntityField.Whole whole -> Optional.empty();
            case EntityField.Row row -> Optional.empty();
            case EntityField.ScopeKey scope -> Optional.empty();
            case EntityField.EndKey end -> Optional.empty();
            case EntityField.Reversed reversed -> Optional.empty();
        };
    }

    private Optional<Expression> owner() {
        return owned ? Optional.of(new Expression.FieldRef(relationship, new EntityField.Tenant())) : Optional.empty();
    }

    private Expression endKey(int index) {
        return new Expression.FieldRef(relationship, new EntityField.EndKey(end, index));
    }

    /** A property that is mapped to the very expression of the key or the tenant is known without a row. */
    private Optional<Expression> keyColumn(String property) {
        PropertyMapping mapping = type.properties().get(property);
        if (mapping == null) {
            return Optional.empty();
        }
        MappingExpression expression = mapping.expression().expression();
        for (int i = 0; i < type.id().size(); i++) {
            if (type.id().get(i).expression().equals(expression)) {
                return Optional.of(endKey(i));
            }
        }
        boolean isOwner = type.tenant()
                .map(tenant -> tenant.expression().equals(expression))
                .orElse(false);
        return isOwner ? owner() : Optional.empty();
    }
}
