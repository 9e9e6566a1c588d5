package io.spangraph.engine.plan;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a query asks, as a tree of small immutable nodes. Translators build it of labels, relationship types and
 * properties; rules replace {@link NodeScan} and {@link RelationshipScan} by scans of mapped sources.
 *
 * <p>A variable of kind NODE or RELATIONSHIP is bound to a <em>row</em> of its source; {@code =}, DISTINCT and grouping
 * compare identities. Rows are bags without order, but for {@link Sort} and what follows it directly.
 */
public sealed interface LogicalPlan {

    /** One row without variables: what a query starts from. */
    record SingleRow() implements LogicalPlan {}

    /** The rows of the outer side of the nearest {@link Apply}, with these variables. */
    record Argument(List<Variable> variables) implements LogicalPlan {
        public Argument {
            variables = List.copyOf(variables);
        }
    }

    /** All vertices whose labels satisfy the expression. */
    record NodeScan(Variable node, LabelExpression labels) implements LogicalPlan {}

    /** All relationships of these types (of every type if the set is empty), as {@link Expand} uses them. */
    record RelationshipScan(Variable relationship, Set<String> types, Direction direction) implements LogicalPlan {
        public RelationshipScan {
            types = Set.copyOf(types);
        }
    }

    /**
     * Vertices of these types that satisfy all predicates.
     *
     * @param properties what is read of them; empty: all that is mapped
     * @param predicates conjuncts over the node (and over relationships that stand on its rows)
     * @param edgesOnRow relationships whose edge is the vertex's own row: the scan provides their columns too, and drops
     *     rows that are no edge of theirs
     */
    record VertexScan(
            Variable node,
            List<VertexCandidate> candidates,
            Optional<Set<String>> properties,
            List<Expression> predicates,
            List<EdgeOnRow> edgesOnRow)
            implements LogicalPlan {
        public VertexScan {
            candidates = List.copyOf(candidates);
            properties = properties.map(Set::copyOf);
            predicates = List.copyOf(predicates);
            edgesOnRow = List.copyOf(edgesOnRow);
        }

        public VertexScan withCandidates(List<VertexCandidate> others) {
            return new VertexScan(node, others, properties, predicates, edgesOnRow);
        }

        public VertexScan withProperties(Set<String> read) {
            return new VertexScan(node, candidates, Optional.of(read), predicates, edgesOnRow);
        }

        public VertexScan withPredicates(List<Expression> others) {
            return new VertexScan(node, candidates, properties, others, edgesOnRow);
        }

        public VertexScan withEdgesOnRow(List<EdgeOnRow> others) {
            return new VertexScan(node, candidates, properties, predicates, others);
        }
    }

    /** Edges of these types that satisfy all predicates, each as often as it can be walked in the wanted direction. */
    record EdgeScan(
            Variable relationship,
            List<EdgeCandidate> candidates,
            Optional<Set<String>> properties,
            List<Expression> predicates)
            implements LogicalPlan {
        public EdgeScan {
            candidates = List.copyOf(candidates);
            properties = properties.map(Set::copyOf);
            predicates = List.copyOf(predicates);
        }

        public EdgeScan withCandidates(List<EdgeCandidate> others) {
            return new EdgeScan(relationship, others, properties, predicates);
        }

        public EdgeScan withProperties(Set<String> read) {
            return new EdgeScan(relationship, candidates, Optional.of(read), predicates);
        }

        public EdgeScan withPredicates(List<Expression> others) {
            return new EdgeScan(relationship, candidates, properties, others);
        }
    }

    /**
     * A relationship that stands on the rows of a vertex variable, so that no further source is read for it. It stands
     * in the place of the edges of an {@link Expand}; the scan of its owner provides its columns.
     */
    record EdgeOnRow(Variable relationship, EdgeCandidate candidate, Variable owner, Optional<Set<String>> properties)
            implements LogicalPlan {
        public EdgeOnRow {
            properties = properties.map(Set::copyOf);
        }

        public EdgeOnRow withProperties(Set<String> read) {
            return new EdgeOnRow(relationship, candidate, owner, Optional.of(read));
        }
    }

    /**
     * The vertex at the far end of a trusted edge, known by the key that the edge has, so that no source is read for it.
     * It stands in the place of the target of an {@link Expand}.
     *
     * @param vertex of one type; reads and asks for nothing but its key and its owner
     */
    record VertexByKey(VertexScan vertex) implements LogicalPlan {}

    /**
     * Joins the rows of the input with edges at the near end and with the target's vertices at the far end. Symmetric:
     * either side may be read first.
     *
     * <p>An edge that is trusted leads to its far end also where no row has that vertex, if the target's predicates accept
     * it. So does it to its near end where the pattern {@link #startsHere() starts here}: a pattern means the same from
     * whichever end it is written. Elsewhere the near end is what the input has bound.
     *
     * @param from a node variable of the input
     * @param edges a {@link RelationshipScan}, {@link EdgeScan} or {@link EdgeOnRow}
     * @param to the node variable that the target binds
     * @param target a scan of vertices, or a {@link VertexByKey}
     */
    record Expand(
            LogicalPlan input, Variable from, Variable relationship, Variable to, LogicalPlan edges, LogicalPlan target)
            implements LogicalPlan {
        /** Whether the input is nothing but a scan of the near end. */
        public boolean startsHere() {
            return PlanNodes.isScanOf(input, from);
        }
    }

    /**
     * Walks from each input row over between {@code min} and {@code max} edges, no edge twice in one walk.
     *
     * @param relationship the variable of a single edge, as {@code edges} binds it
     * @param walk the list of the relationships walked
     * @param between bound to the list of all nodes of the walk, ends included, where somebody asks for them
     * @param max empty: no bound but that no edge is walked twice
     * @param steps the vertices that a walk may pass through between its ends; binds {@code step}
     * @param to the last node; bound by {@code target}
     */
    record VarExpand(
            LogicalPlan input,
            Variable from,
            Variable relationship,
            Variable walk,
            Optional<Variable> between,
            Variable step,
            Variable to,
            int min,
            OptionalInt max,
            LogicalPlan edges,
            LogicalPlan steps,
            LogicalPlan target)
            implements LogicalPlan {}

    /** The shortest walks between two bound nodes; otherwise as {@link VarExpand}. */
    record ShortestPath(
            LogicalPlan input,
            Variable from,
            Variable to,
            Variable relationship,
            Variable walk,
            Variable between,
            Variable step,
            int min,
            OptionalInt max,
            boolean allShortest,
            LogicalPlan edges,
            LogicalPlan steps)
            implements LogicalPlan {}

    record Filter(LogicalPlan input, Expression condition) implements LogicalPlan {}

    /** Computes new rows; nothing of the input remains but what an item passes on. */
    record Project(LogicalPlan input, List<Item> items) implements LogicalPlan {
        public Project {
            items = List.copyOf(items);
        }
    }

    /**
     * An expression under a name. An item that is a reference to a node or relationship passes it on whole, so its
     * variable has the same kind.
     */
    record Item(Expression expression, Variable variable) {}

    /** Groups by the keys; without keys there is exactly one group, also over no rows. */
    record Aggregate(LogicalPlan input, List<Item> keys, List<AggregateItem> aggregates) implements LogicalPlan {
        public Aggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }
    }

    record AggregateItem(AggregateCall call, Variable variable) {}

    /** One row of each set of equivalent rows over all variables of the input. */
    record Distinct(LogicalPlan input) implements LogicalPlan {}

    record Sort(LogicalPlan input, List<SortKey> keys) implements LogicalPlan {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    record SortKey(Expression expression, boolean descending) {}

    record Skip(LogicalPlan input, Expression count) implements LogicalPlan {}

    record Limit(LogicalPlan input, Expression count) implements LogicalPlan {}

    /** The first rows of an order: SKIP, then LIMIT, of a sort that never holds more than both together. */
    record TopN(LogicalPlan input, List<SortKey> keys, Optional<Expression> skip, Expression limit)
            implements LogicalPlan {
        public TopN {
            keys = List.copyOf(keys);
        }
    }

    /** A row for each element of a list; no row for null or an empty list. */
    record Unwind(LogicalPlan input, Expression list, Variable element) implements LogicalPlan {}

    /** Rows of both; the right side's columns are renamed to the left's. */
    record Union(LogicalPlan left, LogicalPlan right, List<Variable> leftColumns, List<Variable> rightColumns)
            implements LogicalPlan {
        public Union {
            leftColumns = List.copyOf(leftColumns);
            rightColumns = List.copyOf(rightColumns);
        }
    }

    /** Every pair of rows that satisfies the conditions; without conditions a cartesian product. */
    record Join(LogicalPlan left, LogicalPlan right, List<Expression> conditions) implements LogicalPlan {
        public Join {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * For each row of the outer side, the rows of the inner side, whose {@link Argument} is that row. Executed for many
     * outer rows at a time, never row by row; yet everything in the inner side means one outer row: an {@link Aggregate}
     * without keys gives a row for each of them, a {@link Limit} counts for each of them anew.
     */
    record Apply(LogicalPlan outer, LogicalPlan inner, ApplyKind kind) implements LogicalPlan {}

    /** What an {@link Apply} does with the rows of its inner side. */
    enum ApplyKind {
        /** Each inner row with its outer row. */
        INNER,
        /** As INNER, but an outer row without inner rows stays, with nulls. */
        OPTIONAL
    }

    /** Keeps outer rows that have an inner row, or with {@code anti} those that have none. */
    record SemiApply(LogicalPlan outer, LogicalPlan inner, boolean anti) implements LogicalPlan {}

    /**
     * Each outer row once, with one value made of its inner rows; of no inner rows 0 or an empty list, as with
     * {@link Aggregate}. For COUNT { }, COLLECT { }, EXISTS { } as a value, and pattern comprehensions.
     *
     * @param result what is made of the inner rows, computed over their variables
     */
    record RollUpApply(LogicalPlan outer, LogicalPlan inner, AggregateItem result) implements LogicalPlan {}

    /**
     * For each row of the input, the rows of a procedure, beside what the input binds.
     *
     * @param procedure a name of the registry of procedures
     * @param arguments one for each of the procedure's arguments, over the variables of the input
     * @param yields the columns of the procedure that somebody asks for
     */
    record ProcedureCall(LogicalPlan input, String procedure, List<Expression> arguments, List<YieldItem> yields)
            implements LogicalPlan {
        public ProcedureCall {
            arguments = List.copyOf(arguments);
            yields = List.copyOf(yields);
        }
    }

    /** A column of a procedure, and the variable that it binds. */
    record YieldItem(String column, Variable variable) {}

    /** The nodes below this one, from left to right. */
    default List<LogicalPlan> inputs() {
        return PlanNodes.inputs(this);
    }

    /** The same node over other inputs. */
    default LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return PlanNodes.withInputs(this, inputs);
    }

    /** The variables that a row of this node binds, in order. */
    default List<Variable> variables() {
        return PlanNodes.variables(this);
    }
}
