package io.spangraph.engine.physical;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows edges by two joins, from the input to the edges and from there to the vertices at the far end; by one where
 * the edge stands on a vertex's row. Edge types that are joined by the same columns are joined together.
 */
final class ExpandMapper {
    private final PlanMapper mapper;

    ExpandMapper(PlanMapper mapper) {
        this.mapper = mapper;
    }

    /** How edges are joined: those of equal shape can be joined at once. */
    record Shape(EdgeEnd near, EdgeEnd far, boolean owned, Optional<Scope> scope, boolean trust) {
        static Shape of(EdgeCandidate candidate) {
            EdgeType type = candidate.type();
            return new Shape(
                    anyKey(candidate.near()),
                    anyKey(candidate.far()),
                    type.tenant().isPresent(),
                    type.scope(),
                    type.trust());
        }

        EdgeEnd end(End which) {
            return which == End.NEAR ? near : far;
        }

        /** Whether the vertex at this end need not have a row. */
        boolean trusts(End which) {
            return trust && end(which) instanceof EdgeEnd.ByKey;
        }

        /** An end without its expressions: it is joined by the columns that hold them. */
        private static EdgeEnd anyKey(EdgeEnd end) {
            return end instanceof EdgeEnd.ByKey byKey ? new EdgeEnd.ByKey(byKey.vertexType(), List.of()) : end;
        }
    }

    /** The rows of an expansion that satisfy a condition; what it says of the keys of both ends finds the edges. */
    PhysicalPlan map(Expand expand, Expression condition, Set<ColumnId> wanted) {
        List<Expression> left = new ArrayList<>(Conjunction.split(condition));
        List<KeyPair> keys = new ArrayList<>();
        if (expand.edges() instanceof EdgeScan) {
            for (Expression conjunct : Conjunction.split(condition)) {
                furtherKey(expand, conjunct).ifPresent(key -> {
                    keys.add(key);
                    left.remove(conjunct);
                });
            }
        }
        PhysicalPlan rows = map(expand, keys, wanted);
        return left.isEmpty() ? rows : new PhysicalPlan.Filter(rows, Conjunction.of(left));
    }

    PhysicalPlan map(Expand expand, Set<ColumnId> wanted) {
        return map(expand, List.of(), wanted);
    }

    /** @param furtherKeys columns of the input and of the edges that must be equal, beside the keys of the near end */
    private PhysicalPlan map(Expand expand, List<KeyPair> furtherKeys, Set<ColumnId> wanted) {
        VertexScan target = targetOf(expand);
        return switch (expand.edges()) {
            case EdgeOnRow edge when edge.owner().equals(expand.to()) -> onTargetRow(expand, edge, target, wanted);
            case EdgeOnRow edge -> onInputRow(expand, edge, target, wanted);
            case LogicalPlan edges -> overEdgeScan(expand, EdgeScans.scanOf(edges), target, furtherKeys, wanted);
        };
    }

    PhysicalPlan edgeScan(EdgeScan scan, Set<ColumnId> wanted) {
        Set<ColumnId> columns = PlanMapper.plus(wanted, mapper.demand().of(scan.predicates()));
        return mapper.union(edgeScans(scan, scan.candidates(), columns), columns);
    }

    private List<PhysicalPlan> edgeScans(EdgeScan scan, List<EdgeCandidate> candidates, Set<ColumnId> columns) {
        return candidates.stream()
                .<PhysicalPlan>map(candidate -> mapper.scans().edges(scan, candidate, columns))
                .toList();
    }

    private PhysicalPlan overEdgeScan(
            Expand expand, EdgeScan edges, VertexScan target, List<KeyPair> furtherKeys, Set<ColumnId> wanted) {
        Variable relationship = expand.relationship();
        Map<Shape, List<EdgeCandidate>> groups = new LinkedHashMap<>();
        for (EdgeCandidate candidate : edges.candidates()) {
            if (mayStartAt(expand.from(), candidate)
                    && targetCandidate(target, candidate.far()).isPresent()) {
                groups.computeIfAbsent(Shape.of(candidate), any -> new ArrayList<>())
                        .add(candidate);
            }
        }
        Set<ColumnId> inputWanted = PlanMapper.restricted(wanted, expand.input().variables());
        Set<ColumnId> edgeWanted = PlanMapper.ofVariable(wanted, relationship);
        edgeWanted.addAll(PlanMapper.ofVariable(mapper.demand().of(edges.predicates()), relationship));
        for (Shape shape : groups.keySet()) {
            inputWanted.add(new ColumnId(expand.from(), new EntityField.TypeName()));
            nearKeys(expand.from(), relationship, shape).forEach(key -> {
                inputWanted.add(key.build());
                edgeWanted.add(key.probe());
            });
            edgeWanted.addAll(farJoin(expand, target, shape).edgeColumns(wanted));
        }
        Input input = new Input(expand, inputWanted, furtherKeys, groups.size() > 1);
        List<PhysicalPlan> branches = new ArrayList<>();
        groups.forEach((shape, candidates) -> {
            PhysicalPlan scanned = mapper.union(edgeScans(edges, candidates, edgeWanted), edgeWanted);
            branches.add(farJoin(expand, target, shape).map(input.with(scanned, shape), wanted));
        });
        return branches.isEmpty()
                ? new PhysicalPlan.NoRows(
                        List.copyOf(PlanMapper.plus(input.rows().columns(), wanted)))
                : mapper.union(branches, wanted);
    }

    /** What a condition says of a node of the input and of the edge, as they are joined: a rule has made it of a join. */
    private static Optional<KeyPair> furtherKey(Expand expand, Expression condition) {
        if (!(condition instanceof Compare(CompareOperator operator, Expression left, Expression right))
                || operator != CompareOperator.EQUAL
                || !(right instanceof Expression.FieldRef(Variable edge, EntityField field))
                || !edge.equals(expand.relationship())) {
            return Optional.empty();
        }
        return PlanMapper.plainColumn(left)
                .filter(column -> expand.input().variables().contains(column.variable()))
                .map(column -> new KeyPair(column, new ColumnId(edge, field)));
    }

    private EndJoin farJoin(Expand expand, VertexScan target, Shape shape) {
        boolean byKey = expand.target() instanceof VertexByKey;
        return new EndJoin(mapper, expand.relationship(), End.FAR, target, byKey, shape);
    }

    private static VertexScan targetOf(Expand expand) {
        return expand.target() instanceof VertexByKey(VertexScan vertex) ? vertex : VertexScans.scanOf(expand.target());
    }

    /** The rows that are expanded; read once, however many kinds of edges leave from them. */
    private final class Input {
        private final Expand expand;
        private final Set<ColumnId> wanted;
        private final List<KeyPair> furtherKeys;
        private final boolean readOften;
        private Optional<PhysicalPlan> rows = Optional.empty();

        /** @param furtherKeys columns of the rows and of the edges that must be equal, beside the keys of the near end */
        Input(Expand expand, Set<ColumnId> wanted, List<KeyPair> furtherKeys, boolean readOften) {
            this.expand = expand;
            this.wanted = wanted;
            this.furtherKeys = furtherKeys;
            this.readOften = readOften;
        }

        PhysicalPlan rows() {
            if (rows.isEmpty()) {
                PhysicalPlan mapped = mapper.map(expand.input(), wanted);
                rows = Optional.of(readOften ? new PhysicalPlan.Shared(mapper.newId(), mapped) : mapped);
            }
            return rows.get();
        }

        /** Joined to edges at their near end, which need not have a row if the pattern starts here. */
        PhysicalPlan with(PhysicalPlan edges, Shape shape) {
            if (expand.startsHere() && shape.trusts(End.NEAR)) {
                VertexScan start = VertexScans.scanOf(expand.input());
                if (start.edgesOnRow().isEmpty()
                        && targetCandidate(start, shape.near()).isPresent()) {
                    PhysicalPlan rows = new EndJoin(mapper, expand.relationship(), End.NEAR, start, false, shape)
                            .map(edges, wanted);
                    return furtherKeys.isEmpty() ? rows : new PhysicalPlan.Filter(rows, Conjunction.of(equalities()));
                }
            }
            return new PhysicalPlan.HashJoin(
                    JoinKind.INNER,
                    ofType(rows(), expand.from(), shape.near().vertexType()),
                    edges,
                    Stream.concat(nearKeys(expand.from(), expand.relationship(), shape).stream(), furtherKeys.stream())
                            .distinct()
                            .toList(),
                    Optional.empty(),
                    Set.of());
        }

        private List<Expression> equalities() {
            return furtherKeys.stream()
                    .<Expression>map(key -> new Compare(
                            CompareOperator.EQUAL,
                            PlanMapper.reference(key.build()),
                            PlanMapper.reference(key.probe())))
                    .toList();
        }
    }

    /** The edge is the input vertex's row: only the far end is still to be found. */
    private PhysicalPlan onInputRow(Expand expand, EdgeOnRow edge, VertexScan target, Set<ColumnId> wanted) {
        Set<ColumnId> inputWanted =
                PlanMapper.restricted(wanted, together(expand.input().variables(), List.of(expand.relationship())));
        if (targetCandidate(target, edge.candidate().far()).isEmpty()) {
            PhysicalPlan input = mapper.map(expand.input(), inputWanted);
            return new PhysicalPlan.NoRows(List.copyOf(PlanMapper.plus(input.columns(), wanted)));
        }
        EndJoin far = farJoin(expand, target, Shape.of(edge.candidate()));
        inputWanted.addAll(far.edgeColumns(wanted));
        return far.map(mapper.map(expand.input(), inputWanted), wanted);
    }

    /** The edge is the target vertex's row: the target is joined by what its row says about the near end. */
    private PhysicalPlan onTargetRow(Expand expand, EdgeOnRow edge, VertexScan target, Set<ColumnId> wanted) {
        Shape shape = Shape.of(edge.candidate());
        Set<ColumnId> inputWanted = PlanMapper.restricted(wanted, expand.input().variables());
        inputWanted.add(new ColumnId(expand.from(), new EntityField.TypeName()));
        Set<ColumnId> targetWanted = PlanMapper.restricted(
                PlanMapper.plus(wanted, mapper.demand().of(target.predicates())), target.variables());
        nearKeys(expand.from(), expand.relationship(), shape).forEach(key -> {
            inputWanted.add(key.build());
            targetWanted.add(key.probe());
        });
        Input input = new Input(expand, inputWanted, List.of(), false);
        Optional<VertexCandidate> candidate =
                targetCandidate(target, edge.candidate().far());
        if (candidate.isEmpty() || !mayStartAt(expand.from(), edge.candidate())) {
            return new PhysicalPlan.NoRows(
                    List.copyOf(PlanMapper.plus(input.rows().columns(), wanted)));
        }
        return input.with(mapper.scans().vertices(target, candidate.get(), target.predicates(), targetWanted), shape);
    }

    private boolean mayStartAt(Variable from, EdgeCandidate candidate) {
        Collection<VertexType> types = mapper.types().vertices(from);
        return types.isEmpty()
                || types.stream()
                        .anyMatch(type -> type.name().equals(candidate.near().vertexType()));
    }

    static Optional<VertexCandidate> targetCandidate(VertexScan target, EdgeEnd end) {
        return target.candidates().stream()
                .filter(candidate -> candidate.type().name().equals(end.vertexType()))
                .findFirst();
    }

    /** Rows whose node is of the type; as they are where it cannot be of another. */
    private PhysicalPlan ofType(PhysicalPlan input, Variable node, String type) {
        Collection<VertexType> types = mapper.types().vertices(node);
        if (types.size() == 1) {
            return input;
        }
        return new PhysicalPlan.Filter(
                input,
                new Compare(
                        CompareOperator.EQUAL,
                        new Expression.FieldRef(node, new EntityField.TypeName()),
                        new Literal(Value.of(type))));
    }

    /** The columns that join a node to edges at their near end. */
    List<KeyPair> nearKeys(Variable node, Variable relationship, Shape shape) {
        return endKeys(mapper.scans(), node, relationship, End.NEAR, shape.near(), shape);
    }

    static List<KeyPair> endKeys(
            ScanPlanner scans, Variable node, Variable relationship, End end, EdgeEnd edgeEnd, Shape shape) {
        List<KeyPair> keys = new ArrayList<>();
        switch (edgeEnd) {
            case EdgeEnd.SameRow sameRow ->
                keys.add(new KeyPair(
                        new ColumnId(node, new EntityField.Row()), new ColumnId(relationship, new EntityField.Row())));
            case EdgeEnd.ByKey byKey -> {
                VertexType type = scans.vertexType(byKey.vertexType());
                if (shape.owned() && type.tenant().isPresent()) {
                    keys.add(new KeyPair(
                            new ColumnId(node, new EntityField.Tenant()),
                            new ColumnId(relationship, new EntityField.Tenant())));
                }
                List<String> scope = shape.scope().map(Scope::key).orElse(List.of());
                for (int i = 0; i < scope.size(); i++) {
                    keys.add(new KeyPair(
                            ColumnId.property(node, scope.get(i)),
                            new ColumnId(relationship, new EntityField.ScopeKey(i))));
                }
                for (int i = 0; i < type.id().size(); i++) {
                    keys.add(new KeyPair(
                            new ColumnId(node, new EntityField.Key(i)),
                            new ColumnId(relationship, new EntityField.EndKey(end, i))));
                }
            }
        }
        return keys;
    }

    private static Set<Variable> together(Collection<Variable> left, Collection<Variable> right) {
        Set<Variable> all = new LinkedHashSet<>(left);
        all.addAll(right);
        return all;
    }
}
