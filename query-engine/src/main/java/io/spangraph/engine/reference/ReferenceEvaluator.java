package io.spangraph.engine.reference;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates a logical plan over small tables by doing just what its nodes say, row by row. It takes plans before and
 * after optimisation, so that tests can compare both with each other and with the engine. Shares with the engine what
 * equality and order of values mean and what the scalar functions compute, and nothing else.
 */
public final class ReferenceEvaluator {
    private final ReferenceScans scans;
    private final ReferenceGraph graph;
    private final ReferenceHops hops;
    private final ReferenceExpressions expressions;
    private final ReferenceAggregates aggregates;
    private final ReferenceProcedures procedures;

    public ReferenceEvaluator(GraphSchema schema, Map<TableName, ReferenceTable> tables, QueryContext query) {
        this(schema, tables, query, Integer.MAX_VALUE);
    }

    /** @param maxRows of a hop or a join, so that a random query that multiplies rows ends at once */
    public ReferenceEvaluator(
            GraphSchema schema, Map<TableName, ReferenceTable> tables, QueryContext query, int maxRows) {
        this.graph = new ReferenceGraph(schema, tables, query.principal().tenant());
        this.expressions = new ReferenceExpressions(new FunctionContext(schema, query));
        this.scans = new ReferenceScans(graph, expressions);
        this.hops = new ReferenceHops(graph, scans, maxRows);
        this.aggregates = new ReferenceAggregates(expressions);
        this.procedures = new ReferenceProcedures(schema, query, tables, expressions, this::evaluate);
    }

    /** The rows of a plan as values of these variables; in order where the plan gives one. */
    public List<List<Value>> evaluate(LogicalPlan plan, List<Variable> columns) {
        return rows(plan, ReferenceRow.EMPTY).stream()
                .map(row ->
                        columns.stream().map(column -> row.get(column).whole()).toList())
                .toList();
    }

    private List<ReferenceRow> rows(LogicalPlan plan, ReferenceRow outer) {
        return switch (plan) {
            case SingleRow single -> List.of(ReferenceRow.EMPTY);
            case Argument argument -> List.of(argument(argument, outer));
            case NodeScan scan -> scans.nodes(scan);
            case RelationshipScan scan -> scans.relationships(scan);
            case VertexScan scan -> scans.vertices(scan);
            case EdgeScan scan -> scans.edges(scan);
            case EdgeOnRow edge -> throw new IllegalArgumentException("an edge on a row has no rows of its own");
            case VertexByKey end -> throw new IllegalArgumentException("a vertex known by its key has no rows");
            case Expand expand -> expand(expand, outer);
            case VarExpand expand -> varExpand(expand, outer);
            case ShortestPath path -> shortestPath(path, outer);
            case Filter filter ->
                rows(filter.input(), outer).stream()
                        .filter(row -> expressions.holds(filter.condition(), row))
                        .toList();
            case Project project ->
                rows(project.input(), outer).stream()
                        .map(row -> project(project.items(), row))
                        .toList();
            case Aggregate aggregate -> aggregate(aggregate, rows(aggregate.input(), outer));
            case Distinct distinct -> distinct(rows(distinct.input(), outer), distinct.variables());
            case Sort sort -> sorted(rows(sort.input(), outer), sort.keys());
            case Skip skip ->
                rows(skip.input(), outer).stream().skip(count(skip.count())).toList();
            case Limit limit ->
                rows(limit.input(), outer).stream().limit(count(limit.count())).toList();
            case TopN top ->
                sorted(rows(top.input(), outer), top.keys()).stream()
                        .skip(top.skip().map(this::count).orElse(0L))
                        .limit(count(top.limit()))
                        .toList();
            case Unwind unwind -> unwind(unwind, rows(unwind.input(), outer));
            case Union union -> union(union, outer);
            case Join join -> join(join, outer);
            case Apply apply -> apply(apply, outer);
            case SemiApply apply ->
                rows(apply.outer(), outer).stream()
                        .filter(row -> rows(apply.inner(), row).isEmpty() == apply.anti())
                        .toList();
            case RollUpApply apply ->
                rows(apply.outer(), outer).stream()
                        .map(row -> rollUp(row, apply.result(), rows(apply.inner(), row)))
                        .toList();
            case ProcedureCall call -> procedures.rows(call, rows(call.input(), outer));
        };
    }

    private static ReferenceRow argument(Argument argument, ReferenceRow outer) {
        ReferenceRow row = ReferenceRow.EMPTY;
        for (Variable variable : argument.variables()) {
            row = row.with(variable, outer.get(variable));
        }
        return row;
    }

    private List<ReferenceRow> expand(Expand expand, ReferenceRow outer) {
        boolean byKey = expand.target() instanceof VertexByKey;
        boolean onRow = expand.edges() instanceof EdgeOnRow;
        return hops.expand(
                expand,
                rows(expand.input(), outer),
                onRow ? List.of() : rows(expand.edges(), outer),
                byKey ? List.of() : rows(expand.target(), outer));
    }

    private List<ReferenceRow> varExpand(VarExpand expand, ReferenceRow outer) {
        ReferenceWalks walks = new ReferenceWalks(
                graph,
                scans,
                edges(expand.edges(), expand.relationship(), outer),
                new ReferenceWalks.Stop(expand.steps(), expand.step(), rows(expand.steps(), outer)),
                new ReferenceWalks.Stop(expand.target(), expand.to(), rows(expand.target(), outer)),
                expand.min(),
                expand.max());
        List<ReferenceRow> result = new ArrayList<>();
        for (ReferenceRow row : rows(expand.input(), outer)) {
            if (row.get(expand.from()) instanceof Bound.Node start) {
                for (ReferenceWalks.Walk walk : walks.from(start)) {
                    result.add(bindWalk(row.with(walk.end()), walk, expand.walk(), expand.between()));
                }
            }
        }
        return result;
    }

    private List<ReferenceRow> shortestPath(ShortestPath path, ReferenceRow outer) {
        List<ReferenceRow> result = new ArrayList<>();
        ReferenceWalks.Stop passing = new ReferenceWalks.Stop(path.steps(), path.step(), rows(path.steps(), outer));
        NodeScan anyNode = new NodeScan(path.to(), new LabelExpression.Any());
        List<Bound.Edge> edges = edges(path.edges(), path.relationship(), outer);
        for (ReferenceRow row : rows(path.input(), outer)) {
            if (!(row.get(path.from()) instanceof Bound.Node start)
                    || !(row.get(path.to()) instanceof Bound.Node end)) {
                continue;
            }
            // An end without a row is reached by an edge that is trusted, and not as a row.
            List<ReferenceRow> ends =
                    end.row().isEmpty() ? List.of() : List.of(ReferenceRow.EMPTY.with(path.to(), end));
            ReferenceWalks.Stop ending = new ReferenceWalks.Stop(anyNode, path.to(), ends);
            ReferenceWalks walks = new ReferenceWalks(graph, scans, edges, passing, ending, path.min(), path.max());
            List<ReferenceWalks.Walk> shortestFirst = walks.from(start).stream()
                    .filter(walk -> ReferenceExpressions.sameRow(walk.nodes().getLast(), end)
                            .isTrue())
                    .sorted(Comparator.comparingInt(walk -> walk.edges().size()))
                    .toList();
            shortestFirst.stream()
                    .takeWhile(walk -> walk.edges().size()
                            == shortestFirst.getFirst().edges().size())
                    .limit(path.allShortest() ? Long.MAX_VALUE : 1)
                    .map(walk -> bindWalk(row, walk, path.walk(), Optional.of(path.between())))
                    .forEach(result::add);
        }
        return result;
    }

    private List<Bound.Edge> edges(LogicalPlan plan, Variable relationship, ReferenceRow outer) {
        return rows(plan, outer).stream()
                .map(row -> row.get(relationship))
                .filter(Bound.Edge.class::isInstance)
                .map(Bound.Edge.class::cast)
                .toList();
    }

    private static ReferenceRow bindWalk(
            ReferenceRow row, ReferenceWalks.Walk walk, Variable edges, Optional<Variable> nodes) {
        ReferenceRow bound = row.with(edges, new Bound.Many(new ArrayList<>(walk.edges())));
        return nodes.map(between -> bound.with(between, new Bound.Many(new ArrayList<>(walk.nodes()))))
                .orElse(bound);
    }

    private ReferenceRow project(List<Item> items, ReferenceRow row) {
        ReferenceRow projected = ReferenceRow.EMPTY;
        for (Item item : items) {
            projected = projected.with(item.variable(), bound(item.expression(), row));
        }
        return projected;
    }

    /** What an item passes on: a variable stays bound to what it was bound to. */
    private Bound bound(Expression expression, ReferenceRow row) {
        return expression instanceof Expression.VariableRef(Variable variable)
                ? row.get(variable)
                : new Bound.Plain(expressions.evaluate(expression, row));
    }

    private List<ReferenceRow> aggregate(Aggregate aggregate, List<ReferenceRow> input) {
        List<Variable> keys = aggregate.keys().stream().map(Item::variable).toList();
        List<List<ReferenceRow>> groups = new ArrayList<>();
        List<ReferenceRow> groupKeys = new ArrayList<>();
        if (keys.isEmpty()) {
            groups.add(input);
            groupKeys.add(ReferenceRow.EMPTY);
        } else {
            for (ReferenceRow row : input) {
                ReferenceRow key = project(aggregate.keys(), row);
                int group = indexOf(key, groupKeys, keys);
                if (group < 0) {
                    groupKeys.add(key);
                    groups.add(new ArrayList<>());
                    group = groups.size() - 1;
                }
                groups.get(group).add(row);
            }
        }
        List<ReferenceRow> result = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            ReferenceRow row = groupKeys.get(i);
            for (AggregateItem item : aggregate.aggregates()) {
                row = row.with(item.variable(), new Bound.Plain(aggregates.aggregate(item.call(), groups.get(i))));
            }
            result.add(row);
        }
        return result;
    }

    private static List<ReferenceRow> distinct(List<ReferenceRow> rows, List<Variable> variables) {
        List<ReferenceRow> distinct = new ArrayList<>();
        for (ReferenceRow row : rows) {
            if (indexOf(row, distinct, variables) < 0) {
                distinct.add(row);
            }
        }
        return distinct;
    }

    private static int indexOf(ReferenceRow row, List<ReferenceRow> rows, List<Variable> variables) {
        for (int i = 0; i < rows.size(); i++) {
            ReferenceRow other = rows.get(i);
            if (variables.stream()
                    .allMatch(variable -> Values.equivalent(
                            row.get(variable).identity(), other.get(variable).identity()))) {
                return i;
            }
        }
        return -1;
    }

    private List<ReferenceRow> sorted(List<ReferenceRow> rows, List<SortKey> keys) {
        return rows.stream().sorted((a, b) -> compare(a, b, keys)).toList();
    }

    private int compare(ReferenceRow left, ReferenceRow right, List<SortKey> keys) {
        for (SortKey key : keys) {
            int order = Values.compareForOrder(
                    expressions.identity(key.expression(), left), expressions.identity(key.expression(), right));
            if (order != 0) {
                return key.descending() ? -order : order;
            }
        }
        return 0;
    }

    private long count(Expression expression) {
        Value count = expressions.evaluate(expression, ReferenceRow.EMPTY);
        if (count instanceof Value.IntegerValue(long rows) && rows >= 0) {
            return rows;
        }
        throw ReferenceErrors.typeError("a number of rows", count);
    }

    private List<ReferenceRow> unwind(Unwind unwind, List<ReferenceRow> input) {
        List<ReferenceRow> result = new ArrayList<>();
        for (ReferenceRow row : input) {
            List<Value> elements = switch (expressions.evaluate(unwind.list(), row)) {
                case Value.NullValue none -> List.of();
                case Value.ListValue(List<Value> list) -> list;
                case Value single -> List.of(single);
            };
            elements.forEach(element -> result.add(row.with(unwind.element(), new Bound.Plain(element))));
        }
        return result;
    }

    private List<ReferenceRow> union(Union union, ReferenceRow outer) {
        List<ReferenceRow> result = new ArrayList<>(rows(union.left(), outer));
        for (ReferenceRow row : rows(union.right(), outer)) {
            ReferenceRow renamed = ReferenceRow.EMPTY;
            for (int i = 0; i < union.leftColumns().size(); i++) {
                renamed = renamed.with(
                        union.leftColumns().get(i), row.get(union.rightColumns().get(i)));
            }
            result.add(renamed);
        }
        return result;
    }

    private List<ReferenceRow> join(Join join, ReferenceRow outer) {
        List<ReferenceRow> right = rows(join.right(), outer);
        List<ReferenceRow> left = rows(join.left(), outer);
        hops.requireFewRows((long) left.size() * right.size());
        return left.stream()
                .flatMap(one -> right.stream().map(one::with))
                .filter(row -> join.conditions().stream().allMatch(condition -> expressions.holds(condition, row)))
                .toList();
    }

    private ReferenceRow rollUp(ReferenceRow row, AggregateItem result, List<ReferenceRow> inner) {
        return row.with(result.variable(), new Bound.Plain(aggregates.aggregate(result.call(), inner)));
    }

    private List<ReferenceRow> apply(Apply apply, ReferenceRow outer) {
        List<ReferenceRow> result = new ArrayList<>();
        for (ReferenceRow row : rows(apply.outer(), outer)) {
            List<ReferenceRow> inner = rows(apply.inner(), row);
            if (inner.isEmpty() && apply.kind() == ApplyKind.OPTIONAL) {
                result.add(row.withNulls(apply.inner().variables()));
            }
            inner.forEach(other -> result.add(row.with(other)));
        }
        return result;
    }
}
