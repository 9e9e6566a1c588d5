package io.spangraph.iceberg.plan;

import io.spangraph.iceberg.catalog.TableState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Decides for each file whether it can hold a row that satisfies the conditions, and which conditions all of its rows
 * satisfy: by the file's partition, each under the spec that it was written with, and by the bounds of its columns.
 */
final class FilePruner {
    private final Schema schema;
    private final Map<Integer, PartitionSpec> specs;
    private final List<Conjunct> conjuncts;
    private final InclusiveMetricsEvaluator bounds;
    private final List<KeyBounds> keyBounds;
    private final Map<Integer, Partitions> partitions = new HashMap<>();
    /** Conjuncts compare by identity, so they cost nothing as keys. */
    private final Map<Conjunct, StrictMetricsEvaluator> strict = new HashMap<>();

    private final Map<SpecAndConjunct, ResidualEvaluator> residuals = new HashMap<>();

    private record SpecAndConjunct(int spec, Conjunct conjunct) {}

    /**
     * What the partitions of one spec tell.
     *
     * @param told conditions on columns that the spec partitions by
     */
    private record Partitions(TruncatedNumbers truncated, Evaluator evaluator, Set<Conjunct> told) {
        boolean mayMatch(StructLike partition) {
            return truncated.hasRunOver(partition) || evaluator.eval(partition);
        }

        boolean tellsOf(Conjunct conjunct, StructLike partition) {
            return told.contains(conjunct)
                    && !truncated.hasRunOver(partition)
                    && !truncated.runsOver(conjunct.condition());
        }
    }

    FilePruner(TableState table, List<Conjunct> conjuncts) {
        this.schema = table.schema();
        this.specs = table.metadata().specsById();
        this.conjuncts = List.copyOf(conjuncts);
        this.bounds = new InclusiveMetricsEvaluator(
                schema,
                conjuncts.stream().map(Conjunct::pruning).reduce(Expressions.alwaysTrue(), Expressions::and),
                true);
        this.keyBounds = conjuncts.stream()
                .map(conjunct -> KeyBounds.of(conjunct.condition()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether the file can hold a wanted row. */
    boolean mayMatch(DataFile file) {
        return partitions(file).mayMatch(file.partition())
                && bounds.eval(file)
                && keyBounds.stream().allMatch(keys -> keys.mayMatch(file));
    }

    /** The conditions that have to be checked row by row. */
    List<Conjunct> unproven(DataFile file) {
        List<Conjunct> left = new ArrayList<>(conjuncts.size());
        for (Conjunct conjunct : conjuncts) {
            if (!conjunct.provable() || !isProven(conjunct, file)) {
                left.add(conjunct);
            }
        }
        return left;
    }

    private boolean isProven(Conjunct conjunct, DataFile file) {
        if (partitions(file).tellsOf(conjunct, file.partition())) {
            ResidualEvaluator residual = residuals.computeIfAbsent(
                    new SpecAndConjunct(file.specId(), conjunct),
                    key -> ResidualEvaluator.of(spec(key.spec()), conjunct.pruning(), true));
            if (residual.residualFor(file.partition()).op() == Expression.Operation.TRUE) {
                return true;
            }
        }
        return strict.computeIfAbsent(conjunct, key -> new StrictMetricsEvaluator(schema, key.pruning(), true))
                .eval(file);
    }

    private Partitions partitions(DataFile file) {
        return partitions.computeIfAbsent(file.specId(), this::partitions);
    }

    private Partitions partitions(int specId) {
        PartitionSpec spec = spec(specId);
        TruncatedNumbers truncated = TruncatedNumbers.of(schema, spec);
        Set<Conjunct> told = new HashSet<>();
        Expression pruning = Expressions.alwaysTrue();
        for (Conjunct conjunct : conjuncts) {
            // Of the others a partition tells nothing, which Iceberg would find out term by term.
            if (!isOfPartition(conjunct, spec)) {
                continue;
            }
            told.add(conjunct);
            if (!truncated.runsOver(conjunct.condition())) {
                pruning = Expressions.and(pruning, conjunct.partitionPruning());
            }
        }
        return new Partitions(
                truncated,
                new Evaluator(
                        spec.partitionType(), Projections.inclusive(spec, true).project(pruning), true),
                told);
    }

    private static boolean isOfPartition(Conjunct conjunct, PartitionSpec spec) {
        for (NestedField column : conjunct.columns()) {
            for (PartitionField field : spec.fields()) {
                if (field.sourceId() == column.fieldId()) {
                    return true;
                }
            }
        }
        return false;
    }

    private PartitionSpec spec(int id) {
        return Optional.ofNullable(specs.get(id))
                .orElseThrow(() -> new IllegalStateException("no partition spec " + id + " among " + specs.keySet()));
    }
}
