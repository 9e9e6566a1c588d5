package io.spangraph.engine.physical;

import static io.spangraph.engine.physical.PhysicalInputs.joined;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a query is answered: which scans, which joins, and which columns each operator's rows hold. Holds no tenant and no
 * parameter's value, so that a plan can be kept and run by many.
 */
public sealed interface PhysicalPlan {
    /** The columns of the operator's rows. */
    List<ColumnId> columns();

    default RowLayout layout() {
        return new RowLayout(columns());
    }

    /** The plans below this one, from left to right. */
    default List<PhysicalPlan> inputs() {
        return PhysicalInputs.of(this);
    }

    /** Whose rows hold the columns of its only input. */
    sealed interface SameColumns extends PhysicalPlan {
        PhysicalPlan input();

        @Override
        default List<ColumnId> columns() {
            return input().columns();
        }
    }

    record SingleRow() implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return List.of();
        }
    }

    /** No rows: nothing in the graph can match. */
    record NoRows(List<ColumnId> columns) implements PhysicalPlan {
        public NoRows {
            columns = List.copyOf(columns);
        }
    }

    /** The outer rows of an {@link Apply} or {@link SemiApply}; the ordinal stands last. */
    record ArgumentRows(int apply, List<ColumnId> columns) implements PhysicalPlan {
        public ArgumentRows {
            columns = List.copyOf(columns);
        }
    }

    record TableScan(ScanTemplate template) implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return template.columnIds();
        }
    }

    /** The rows of all inputs, whose columns are the same in the same order. */
    record UnionAll(List<PhysicalPlan> parts) implements PhysicalPlan {
        public UnionAll {
            parts = List.copyOf(parts);
        }

        @Override
        public List<ColumnId> columns() {
            return parts.getFirst().columns();
        }
    }

    /** Rows that several operators read: the first of them causes them to be read and kept. */
    record Shared(int id, PhysicalPlan input) implements SameColumns {}

    record Filter(PhysicalPlan input, Expression condition) implements SameColumns {}

    /**
     * Rows with further columns, which are read by the references of the rows; null where a row has no reference.
     *
     * @param template how the columns are made of base columns; without conditions, as the rows are known
     */
    record FetchColumns(PhysicalPlan input, ScanTemplate template, ColumnId reference) implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return joined(input.columns(), template.columnIds());
        }
    }

    /** A column that is computed; a {@code FieldRef} passes one on. */
    record Computed(ColumnId column, Expression expression) {}

    record Project(PhysicalPlan input, List<Computed> items) implements PhysicalPlan {
        public Project {
            items = List.copyOf(items);
        }

        @Override
        public List<ColumnId> columns() {
            return items.stream().map(Computed::column).toList();
        }
    }

    /** A column of the build side and the one of the probe side that must equal it. */
    record KeyPair(ColumnId build, ColumnId probe) {}

    /**
     * Reads the build side into memory, then joins the probe side to it; keys that are few may narrow the probe's scans.
     *
     * @param unread columns of the sides that nobody above asks for
     * @param swapped whether the sides have changed places; operators above still find the columns in the order of before
     */
    record HashJoin(
            JoinKind kind,
            PhysicalPlan build,
            PhysicalPlan probe,
            List<KeyPair> keys,
            Optional<Expression> residual,
            Set<ColumnId> unread,
            boolean swapped)
            implements PhysicalPlan {
        public HashJoin {
            keys = List.copyOf(keys);
            unread = Set.copyOf(unread);
        }

        public HashJoin(
                JoinKind kind,
                PhysicalPlan build,
                PhysicalPlan probe,
                List<KeyPair> keys,
                Optional<Expression> residual,
                Set<ColumnId> unread) {
            this(kind, build, probe, keys, residual, unread, false);
        }

        /** The same rows with the other side held in memory. */
        public HashJoin swap() {
            return new HashJoin(
                    kind.turned(),
                    probe,
                    build,
                    keys.stream()
                            .map(key -> new KeyPair(key.probe(), key.build()))
                            .toList(),
                    residual,
                    unread,
                    !swapped);
        }

        @Override
        public List<ColumnId> columns() {
            return UnreadColumns.left(this);
        }
    }

    /**
     * Edges inside scopes, followed while a table is read once: the same rows as of joins of the table with itself.
     *
     * @param reads columns of the sides
     * @param grouping if the rows are groups, what they are made of
     * @param otherwise the joins, for a table that is not in the order of its scopes
     */
    record ScopeScan(
            ScopePattern pattern, List<ColumnId> reads, Optional<BlockGrouping> grouping, PhysicalPlan otherwise)
            implements PhysicalPlan {
        public ScopeScan {
            reads = List.copyOf(reads);
        }

        @Override
        public List<ColumnId> columns() {
            return grouping.map(BlockGrouping::columns).orElse(reads);
        }
    }

    /** Every pair of rows that satisfies the condition. */
    record NestedLoopJoin(PhysicalPlan left, PhysicalPlan right, Optional<Expression> condition)
            implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return joined(left.columns(), right.columns());
        }
    }

    /**
     * The inner side once for all outer rows.
     *
     * @param added columns of the inner side that the outer side does not have
     */
    record Apply(int id, ApplyKind kind, PhysicalPlan outer, PhysicalPlan inner, ColumnId ordinal, List<ColumnId> added)
            implements PhysicalPlan {
        public Apply {
            added = List.copyOf(added);
        }

        @Override
        public List<ColumnId> columns() {
            return joined(outer.columns(), added);
        }
    }

    record SemiApply(int id, boolean anti, PhysicalPlan outer, PhysicalPlan inner, ColumnId ordinal)
            implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return outer.columns();
        }
    }

    /**
     * Each outer row with one value made of its inner rows.
     *
     * @param ordinal empty if the inner rows are the same for every outer row
     * @param result over the inner rows
     */
    record RollUpApply(
            int id, PhysicalPlan outer, PhysicalPlan inner, Optional<ColumnId> ordinal, AggregateColumn result)
            implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return joined(outer.columns(), List.of(result.column()));
        }
    }

    /**
     * Walks over edges that are read into memory.
     *
     * @param trustedSteps a row for each trusted edge whose far vertex has no row, with the columns of the steps
     * @param trustedTargets likewise, with the columns of the target
     * @param narrowings columns of the input whose values narrow columns of the edges, steps or targets
     */
    record VarExpand(
            WalkShape shape,
            PhysicalPlan input,
            PhysicalPlan edges,
            PhysicalPlan steps,
            PhysicalPlan target,
            Optional<PhysicalPlan> trustedSteps,
            Optional<PhysicalPlan> trustedTargets,
            List<KeyPair> narrowings,
            List<ColumnId> columns)
            implements PhysicalPlan {
        public VarExpand {
            narrowings = List.copyOf(narrowings);
            columns = List.copyOf(columns);
        }
    }

    /**
     * The shortest walks between two nodes of each input row, over edges that are read into memory.
     *
     * @param all every shortest walk, not any one
     * @param trustedSteps as with {@link VarExpand}
     * @param narrowings as with {@link VarExpand}
     */
    record ShortestPath(
            WalkShape shape,
            boolean all,
            PhysicalPlan input,
            PhysicalPlan edges,
            PhysicalPlan steps,
            Optional<PhysicalPlan> trustedSteps,
            List<KeyPair> narrowings,
            List<ColumnId> columns)
            implements PhysicalPlan {
        public ShortestPath {
            narrowings = List.copyOf(narrowings);
            columns = List.copyOf(columns);
        }
    }

    /**
     * Says that an operator inside of an apply does its work for each outer row by itself. Without it, the rows are the
     * same for every outer row, and so is the work.
     *
     * @param ordinal the column that tells which outer row a row belongs to
     */
    record OuterRow(int apply, ColumnId ordinal) {}

    /** Exactly one group for each outer row, also for those without rows; its rows are the ordinal and the aggregates. */
    record AggregateOfEach(PhysicalPlan input, OuterRow each, List<AggregateColumn> aggregates)
            implements PhysicalPlan {
        public AggregateOfEach {
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<ColumnId> columns() {
            return joined(
                    List.of(each.ordinal()),
                    aggregates.stream().map(AggregateColumn::column).toList());
        }
    }

    /** @param identity columns of the row that tell groups apart; the others are carried along */
    record Aggregate(PhysicalPlan input, List<ColumnId> keys, List<ColumnId> identity, List<AggregateColumn> aggregates)
            implements PhysicalPlan {
        public Aggregate {
            keys = List.copyOf(keys);
            identity = List.copyOf(identity);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<ColumnId> columns() {
            return joined(keys, aggregates.stream().map(AggregateColumn::column).toList());
        }
    }

    /**
     * An aggregate without keys that files may answer by their metadata: those that do are left out of its scans, and
     * what they tell is added to what the rest gives.
     *
     * @param scanned over the same scans, which then read the rest
     */
    record MetadataAggregate(Aggregate scanned, List<AskedScan> asked) implements PhysicalPlan {
        public MetadataAggregate {
            asked = List.copyOf(asked);
        }

        @Override
        public List<ColumnId> columns() {
            return scanned.columns();
        }
    }

    /**
     * An aggregate and the column that it fills.
     *
     * @param identity columns that tell the values of a DISTINCT apart, where the argument itself does not
     */
    record AggregateColumn(ColumnId column, AggregateCall call, List<Expression> arguments, List<ColumnId> identity) {
        public AggregateColumn {
            arguments = List.copyOf(arguments);
            identity = List.copyOf(identity);
        }
    }

    record Distinct(PhysicalPlan input, List<ColumnId> identity) implements SameColumns {
        public Distinct {
            identity = List.copyOf(identity);
        }
    }

    record SortColumn(ColumnId column, boolean descending) {}

    record Sort(PhysicalPlan input, List<SortColumn> keys) implements SameColumns {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    record TopN(
            PhysicalPlan input,
            List<SortColumn> keys,
            Optional<Expression> skip,
            Expression limit,
            Optional<OuterRow> each)
            implements SameColumns {
        public TopN {
            keys = List.copyOf(keys);
        }
    }

    record Skip(PhysicalPlan input, Expression count, Optional<OuterRow> each) implements SameColumns {}

    record Limit(PhysicalPlan input, Expression count, Optional<OuterRow> each) implements SameColumns {}

    record Unwind(PhysicalPlan input, Expression list, ColumnId element) implements PhysicalPlan {
        @Override
        public List<ColumnId> columns() {
            return joined(input.columns(), List.of(element));
        }
    }

    /** For each row of the input, the rows of a procedure. */
    record ProcedureCall(PhysicalPlan input, String procedure, List<Expression> arguments, List<YieldColumn> yields)
            implements PhysicalPlan {
        public ProcedureCall {
            arguments = List.copyOf(arguments);
            yields = List.copyOf(yields);
        }

        @Override
        public List<ColumnId> columns() {
            return joined(
                    input.columns(), yields.stream().map(YieldColumn::column).toList());
        }
    }

    /** A column of a procedure, and the column of the row that it fills. */
    record YieldColumn(String name, ColumnId column) {}

    /**
     * The rows of the answer.
     *
     * @param names as the query calls its columns
     */
    record ProduceResults(PhysicalPlan input, List<Computed> items, List<String> names) implements PhysicalPlan {
        public ProduceResults {
            items = List.copyOf(items);
            names = List.copyOf(names);
        }

        @Override
        public List<ColumnId> columns() {
            return items.stream().map(Computed::column).toList();
        }
    }

    /** For messages and EXPLAIN: the variables that a row binds. */
    default List<Variable> variables() {
        return columns().stream().map(ColumnId::variable).distinct().toList();
    }
}
