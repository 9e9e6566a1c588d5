package io.spangraph.engine.physical;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.walk.WalkSpec.EdgeKind;
import io.spangraph.engine.exec.walk.WalkSpec.EndMatch;
import io.spangraph.engine.exec.walk.WalkSpec.KeyPart;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.ExpandMapper.Shape;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads edges and vertices once and walks in memory; where all edges share a scope, the starts' scopes narrow all. */
final class WalkMapper {
    private final PlanMapper mapper;

    WalkMapper(PlanMapper mapper) {
        this.mapper = mapper;
    }

    PhysicalPlan map(LogicalPlan.ShortestPath path, Set<ColumnId> wanted) {
        if (path.min() > 1) {
            throw QueryException.of(
                    QueryErrorCode.UNSUPPORTED,
                    "A shortest path of at least " + path.min()
                            + " relationships is not supported: it starts at 0 or 1.");
        }
        EdgeScan edges = EdgeScans.scanOf(path.edges());
        VertexScan steps = VertexScans.scanOf(path.steps());
        Optional<ColumnId> walk = Optional.of(ColumnId.of(path.walk())).filter(wanted::contains);
        Optional<ColumnId> between = Optional.of(ColumnId.of(path.between())).filter(wanted::contains);
        List<EdgeKind> kinds = edges.candidates().stream().map(this::kind).toList();

        Columns columns = new Columns(path.relationship(), kinds, between.isPresent());
        Set<ColumnId> stepWanted = columns.ofVertex(path.step(), true, true);
        stepWanted.addAll(mapper.demand().of(steps.predicates()));
        stepWanted.addAll(mapper.demand().identity(path.step()));
        Set<ColumnId> inputWanted = columns.ofVertex(path.from(), true, false);
        inputWanted.addAll(columns.ofVertex(path.to(), false, true));
        inputWanted.addAll(PlanMapper.restricted(wanted, path.input().variables()));
        for (Variable end : List.of(path.from(), path.to())) {
            inputWanted.addAll(mapper.demand().identity(end));
            inputWanted.add(new ColumnId(end, new EntityField.Row()));
        }
        List<KeyPair> narrowings = narrowings(path.from(), List.of(path.step()), edges);
        for (KeyPair narrowing : narrowings) {
            inputWanted.add(narrowing.build());
            stepWanted.addAll(PlanMapper.ofVariable(List.of(narrowing.probe()), path.step()));
        }
        PhysicalPlan input = mapper.map(path.input(), inputWanted);
        PhysicalPlan stepRows = mapper.map(steps, stepWanted);
        List<ColumnId> output = new ArrayList<>(input.columns());
        walk.ifPresent(output::add);
        between.ifPresent(output::add);
        WalkShape shape = new WalkShape(
                path.from(), path.relationship(), path.step(), path.to(), path.min(), path.max(), kinds, walk, between);
        return new PhysicalPlan.ShortestPath(
                shape,
                path.allShortest(),
                input,
                mapper.map(edges, columns.ofEdges(edges, walk.isPresent())),
                stepRows,
                // Also those that no walk passes through: it may end there.
                trusted(edges, steps.withPredicates(List.of()), stepRows.columns()),
                narrowings,
                output);
    }

    PhysicalPlan map(VarExpand expand, Set<ColumnId> wanted) {
        EdgeScan edges = EdgeScans.scanOf(expand.edges());
        VertexScan steps = VertexScans.scanOf(expand.steps());
        VertexScan target = VertexScans.scanOf(expand.target());
        Optional<ColumnId> walk = Optional.of(ColumnId.of(expand.walk())).filter(wanted::contains);
        Optional<ColumnId> between = expand.between().map(ColumnId::of).filter(wanted::contains);
        List<EdgeKind> kinds = edges.candidates().stream().map(this::kind).toList();

        Columns columns = new Columns(expand.relationship(), kinds, between.isPresent());
        Set<ColumnId> edgeWanted = columns.ofEdges(edges, walk.isPresent());
        Set<ColumnId> stepWanted = columns.ofVertex(expand.step(), true, true);
        stepWanted.addAll(mapper.demand().of(steps.predicates()));
        Set<ColumnId> targetWanted = columns.ofVertex(expand.to(), false, true);
        targetWanted.addAll(PlanMapper.restricted(wanted, target.variables()));
        targetWanted.addAll(mapper.demand().of(target.predicates()));
        Set<ColumnId> inputWanted = columns.ofVertex(expand.from(), true, false);
        inputWanted.addAll(PlanMapper.restricted(wanted, expand.input().variables()));
        if (edges.candidates().stream().noneMatch(edge -> edge.type().scope().isPresent())) {
            // Nothing narrows the edges before they are read: their keys tell which of them can be reached.
            inputWanted.add(new ColumnId(expand.from(), new EntityField.Key(0)));
            edgeWanted.add(new ColumnId(expand.relationship(), new EntityField.EndKey(End.NEAR, 0)));
            edgeWanted.add(new ColumnId(expand.relationship(), new EntityField.EndKey(End.FAR, 0)));
        }
        if (expand.min() == 0) {
            inputWanted.add(new ColumnId(expand.from(), new EntityField.Row()));
            targetWanted.add(new ColumnId(expand.to(), new EntityField.Row()));
        }

        List<KeyPair> narrowings = narrowings(expand.from(), List.of(expand.step(), expand.to()), edges);
        for (KeyPair narrowing : narrowings) {
            inputWanted.add(narrowing.build());
            stepWanted.addAll(PlanMapper.ofVariable(List.of(narrowing.probe()), expand.step()));
            targetWanted.addAll(PlanMapper.ofVariable(List.of(narrowing.probe()), expand.to()));
        }
        boolean standIns =
                expand.min() == 0 && target.edgesOnRow().isEmpty() && mayHaveNoRow(expand.from(), expand.input());
        if (standIns) {
            targetWanted.forEach(column -> inputWanted.add(new ColumnId(expand.from(), column.field())));
        }
        PhysicalPlan starts = mapper.map(expand.input(), inputWanted);
        PhysicalPlan input = standIns ? new PhysicalPlan.Shared(mapper.newId(), starts) : starts;
        PhysicalPlan stepRows = mapper.map(steps, stepWanted);
        PhysicalPlan targetRows = mapper.map(target, targetWanted);
        List<ColumnId> output = new ArrayList<>(input.columns());
        output.addAll(targetRows.columns());
        walk.ifPresent(output::add);
        between.ifPresent(output::add);
        PhysicalPlan walks = new PhysicalPlan.VarExpand(
                new WalkShape(
                        expand.from(),
                        expand.relationship(),
                        expand.step(),
                        expand.to(),
                        expand.min(),
                        expand.max(),
                        kinds,
                        walk,
                        between),
                input,
                mapper.map(edges, edgeWanted),
                stepRows,
                targetRows,
                trusted(edges, steps, stepRows.columns()),
                trusted(edges, target, targetRows.columns()),
                narrowings,
                output);
        return standIns ? mapper.union(List.of(walks, new StandIns(expand, target).of(input, output)), wanted) : walks;
    }

    /** Whether a node may stand for a missing row: because a trusted edge led to it. */
    private boolean mayHaveNoRow(Variable node, LogicalPlan input) {
        Set<String> types =
                mapper.types().vertices(node).stream().map(VertexType::name).collect(Collectors.toSet());
        boolean here = switch (input) {
            case EdgeScan scan -> scan.candidates().stream().anyMatch(candidate -> trusts(candidate, types));
            case LogicalPlan.EdgeOnRow edge -> trusts(edge.candidate(), types);
            case LogicalPlan.Argument argument -> true;
            case LogicalPlan other -> false;
        };
        return here || input.inputs().stream().anyMatch(below -> mayHaveNoRow(node, below));
    }

    private static boolean trusts(EdgeCandidate candidate, Set<String> types) {
        Shape shape = Shape.of(candidate);
        return Stream.of(End.values())
                .anyMatch(end ->
                        shape.trusts(end) && types.contains(shape.end(end).vertexType()));
    }

    /** Walks of no edges from a start that has no row: it is not among the rows of the target, but is one all the same. */
    private record StandIns(VarExpand expand, VertexScan target) {
        PhysicalPlan of(PhysicalPlan input, List<ColumnId> output) {
            Variable from = expand.from();
            Expression missing = new Expression.And(List.of(
                    new Expression.IsNull(new Expression.FieldRef(from, new EntityField.Row()), false),
                    new Expression.IsNull(new Expression.FieldRef(from, new EntityField.TypeName()), true)));
            PhysicalPlan ends = new PhysicalPlan.Project(
                    new PhysicalPlan.Filter(input, missing),
                    output.stream()
                            .map(column -> new PhysicalPlan.Computed(column, value(column, input)))
                            .toList());
            List<Expression> conditions = new ArrayList<>(target.predicates());
            conditions.addFirst(new Expression.In(
                    new Expression.FieldRef(expand.to(), new EntityField.TypeName()),
                    new Expression.Literal(Value.of(target.candidates().stream()
                            .map(candidate -> Value.of(candidate.type().name()))
                            .toList()))));
            return new PhysicalPlan.Filter(ends, Conjunction.of(conditions));
        }

        private Expression value(ColumnId column, PhysicalPlan input) {
            if (column.variable().equals(expand.to())) {
                ColumnId ofStart = new ColumnId(expand.from(), column.field());
                return input.columns().contains(ofStart)
                        ? PlanMapper.reference(ofStart)
                        : new Expression.Literal(Value.NULL);
            }
            if (column.equals(ColumnId.of(expand.walk()))) {
                return new Expression.ListLiteral(List.of());
            }
            boolean between = expand.between().map(ColumnId::of).equals(Optional.of(column));
            return between
                    ? new Expression.ListLiteral(List.of(new Expression.VariableRef(expand.from())))
                    : PlanMapper.reference(column);
        }
    }

    private EdgeKind kind(EdgeCandidate candidate) {
        Shape shape = Shape.of(candidate);
        return new EdgeKind(
                candidate.type().identifier(),
                candidate.reversed(),
                match(End.NEAR, candidate.near(), shape),
                match(End.FAR, candidate.far(), shape));
    }

    private EndMatch match(End end, EdgeEnd edgeEnd, Shape shape) {
        Variable any = new Variable("any", 0, Variable.Kind.NODE);
        List<KeyPart> parts = ExpandMapper.endKeys(mapper.scans(), any, any, end, edgeEnd, shape).stream()
                .map(key -> new KeyPart(key.probe().field(), key.build().field()))
                .toList();
        return new EndMatch(edgeEnd.vertexType(), parts);
    }

    /** What the walk itself reads of its inputs. */
    private final class Columns {
        private final Variable relationship;
        private final List<EdgeKind> kinds;
        private final boolean nodesWanted;

        Columns(Variable relationship, List<EdgeKind> kinds, boolean nodesWanted) {
            this.relationship = relationship;
            this.kinds = kinds;
            this.nodesWanted = nodesWanted;
        }

        Set<ColumnId> ofEdges(EdgeScan edges, boolean walkWanted) {
            Set<ColumnId> wanted = new LinkedHashSet<>(
                    walkWanted
                            ? mapper.demand().whole(relationship)
                            : mapper.demand().identity(relationship));
            wanted.addAll(mapper.demand().of(edges.predicates()));
            wanted.add(new ColumnId(relationship, new EntityField.Reversed()));
            boolean trusts = edges.candidates().stream().anyMatch(WalkMapper::isTrusted);
            if (trusts) {
                wanted.add(new ColumnId(relationship, new EntityField.Row()));
            }
            for (EdgeKind kind : kinds) {
                Stream.concat(kind.near().key().stream(), kind.far().key().stream())
                        .forEach(part -> wanted.add(new ColumnId(relationship, part.edge())));
            }
            return wanted;
        }

        /** Of a vertex that edges lead away from, or to. */
        Set<ColumnId> ofVertex(Variable node, boolean leadsOn, boolean isReached) {
            Set<ColumnId> wanted = new LinkedHashSet<>();
            if (nodesWanted) {
                wanted.addAll(mapper.demand().whole(node));
            }
            wanted.add(new ColumnId(node, new EntityField.TypeName()));
            for (EdgeKind kind : kinds) {
                if (leadsOn) {
                    kind.near().key().forEach(part -> wanted.add(new ColumnId(node, part.vertex())));
                }
                if (isReached) {
                    kind.far().key().forEach(part -> wanted.add(new ColumnId(node, part.vertex())));
                }
            }
            return wanted;
        }
    }

    private static boolean isTrusted(EdgeCandidate candidate) {
        return candidate.type().trust() && candidate.far() instanceof EdgeEnd.ByKey;
    }

    /**
     * Vertices that trusted edges say exist and that have no row, as far as they satisfy the predicates.
     *
     * @param columns of the vertices that have rows, which are all wanted of these too
     */
    private Optional<PhysicalPlan> trusted(EdgeScan edges, VertexScan vertices, List<ColumnId> columns) {
        List<PhysicalPlan> parts = new ArrayList<>();
        for (EdgeCandidate candidate : edges.candidates()) {
            if (isTrusted(candidate)
                    && vertices.edgesOnRow().isEmpty()
                    && ExpandMapper.targetCandidate(vertices, candidate.far()).isPresent()) {
                EndJoin join = new EndJoin(mapper, edges.relationship(), End.FAR, vertices, false, Shape.of(candidate));
                Set<ColumnId> edgeColumns = new LinkedHashSet<>(join.edgeColumns(new LinkedHashSet<>(columns)));
                edgeColumns.add(new ColumnId(edges.relationship(), new EntityField.TypeName()));
                edgeColumns.add(new ColumnId(edges.relationship(), new EntityField.Reversed()));
                edgeColumns.add(new ColumnId(edges.relationship(), new EntityField.Row()));
                edgeColumns.addAll(mapper.demand().of(edges.predicates()));
                parts.add(join.missing(
                        mapper.scans().edges(edges, candidate, edgeColumns), new LinkedHashSet<>(columns)));
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(mapper.union(parts, Set.of()));
    }

    /** With one scope for all edges, a walk never leaves the scope of its start. */
    private List<KeyPair> narrowings(Variable from, List<Variable> walkedTo, EdgeScan edges) {
        List<KeyPair> narrowings = new ArrayList<>();
        List<String> key = commonScope(edges).map(Scope::key).orElse(List.of());
        for (int i = 0; i < key.size(); i++) {
            ColumnId start = ColumnId.property(from, key.get(i));
            narrowings.add(new KeyPair(start, new ColumnId(edges.relationship(), new EntityField.ScopeKey(i))));
            for (Variable node : walkedTo) {
                narrowings.add(new KeyPair(start, ColumnId.property(node, key.get(i))));
            }
        }
        return narrowings;
    }

    /** The scope that all edges have, if their ends have it too: by the join, or as the same expression of one row. */
    private Optional<Scope> commonScope(EdgeScan edges) {
        List<Optional<Scope>> scopes = edges.candidates().stream()
                .map(candidate -> candidate.type().scope())
                .distinct()
                .toList();
        boolean carried = edges.candidates().stream()
                .allMatch(candidate ->
                        hasScope(candidate.near(), candidate.type()) && hasScope(candidate.far(), candidate.type()));
        return scopes.size() == 1 && carried ? scopes.getFirst() : Optional.empty();
    }

    private boolean hasScope(EdgeEnd end, EdgeType edge) {
        return switch (end) {
            case EdgeEnd.ByKey byKey -> true;
            case EdgeEnd.SameRow sameRow -> {
                VertexType vertex = mapper.scans().vertexType(sameRow.vertexType());
                List<String> key = edge.scope().map(Scope::key).orElse(List.of());
                yield IntStream.range(0, key.size())
                        .allMatch(i -> Optional.ofNullable(vertex.properties().get(key.get(i)))
                                .map(property -> property.expression()
                                        .expression()
                                        .equals(edge.scopeKey().get(i).expression()))
                                .orElse(false));
            }
        };
    }
}
