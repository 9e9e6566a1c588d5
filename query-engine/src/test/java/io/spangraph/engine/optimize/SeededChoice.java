package io.spangraph.engine.optimize;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.physical.BlockGrouping;
import io.spangraph.engine.physical.PhysicalInputs;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.Project;
import io.spangraph.engine.physical.PhysicalPlan.ScopeScan;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.ScopePattern;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.physical.ScopePattern.Way;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Plausible defects in the choice of operators. */
enum SeededChoice {
    FORGETS_TO_FETCH("ReadLate") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof FetchColumns fetch ? withNulls(fetch) : plan;
        }
    },
    TAKES_MISSING_FOR_FOUND("JoinOuterRows") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof HashJoin join && join.kind() == JoinKind.ANTI
                    ? new HashJoin(
                            JoinKind.SEMI, join.build(), join.probe(), join.keys(), join.residual(), join.unread())
                    : plan;
        }
    },
    FOLLOWS_EDGES_BACKWARDS("ReadScopeOnce") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof ScopeScan scan ? backwards(scan) : plan;
        }
    },
    FORGETS_WHAT_MUST_NOT_EXIST("ReadScopeOnce") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof ScopeScan scan ? withoutTests(scan) : plan;
        }
    },
    DEMANDS_WHAT_IS_OPTIONAL("ReadScopeOnce") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof ScopeScan scan ? withoutOptions(scan) : plan;
        }
    },
    FORGETS_THE_OTHER_KEYS("GroupByRow") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof ScopeScan scan ? grouped(scan, SeededChoice::byRowOnly) : plan;
        }
    },
    LEAVES_OUT_THE_SHORTEST_WALKS("WalkInScopes") {
        @Override
        PhysicalPlan spoil(PhysicalPlan plan) {
            return plan instanceof ScopeScan scan ? withLongerWalks(scan) : plan;
        }
    };

    private final String rule;

    SeededChoice(String rule) {
        this.rule = rule;
    }

    String ruleName() {
        return rule;
    }

    /** What the defect makes of an operator. */
    abstract PhysicalPlan spoil(PhysicalPlan plan);

    private static PhysicalPlan withNulls(FetchColumns fetch) {
        List<Computed> items = new ArrayList<>();
        for (ColumnId column : fetch.input().columns()) {
            items.add(new Computed(column, new FieldRef(column.variable(), column.field())));
        }
        for (ColumnId column : fetch.template().columnIds()) {
            items.add(new Computed(column, new Literal(Value.NULL)));
        }
        return new Project(fetch.input(), items);
    }

    /** The choice with the defect. */
    PhysicalRule in(PhysicalRule sound) {
        return new PhysicalRule() {
            @Override
            public String name() {
                return sound.name();
            }

            @Override
            public String summary() {
                return SeededChoice.this.name();
            }

            @Override
            public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
                return everywhere(sound.apply(plan, newColumns));
            }
        };
    }

    private PhysicalPlan everywhere(PhysicalPlan plan) {
        return spoil(PhysicalInputs.map(plan, this::everywhere));
    }

    private static PhysicalPlan backwards(ScopeScan scan) {
        return withSteps(
                scan,
                scan.pattern().steps().stream().map(SeededChoice::backwards).toList());
    }

    private static Step backwards(Step step) {
        return switch (step) {
            case Step.Hop hop -> new Step.Hop(hop.from(), hop.to(), backwards(hop.way()), hop.links());
            case Step.Walk walk -> walk;
            case Step.Keep keep -> keep;
            case Step.Exists(boolean negated, List<Step> steps) ->
                new Step.Exists(
                        negated, steps.stream().map(SeededChoice::backwards).toList());
            case Step.Optionally(List<Step> steps) ->
                new Step.Optionally(steps.stream().map(SeededChoice::backwards).toList());
        };
    }

    private static PhysicalPlan withLongerWalks(ScopeScan scan) {
        return withSteps(
                scan, scan.pattern().steps().stream().map(SeededChoice::longer).toList());
    }

    private static Step longer(Step step) {
        return step instanceof Step.Walk walk
                ? new Step.Walk(
                        walk.from(),
                        walk.edge(),
                        walk.step(),
                        walk.to(),
                        walk.way(),
                        walk.min() + 1,
                        walk.max(),
                        walk.links(),
                        walk.sameKeyIsSameEdge())
                : step;
    }

    private static Way backwards(Way way) {
        return switch (way) {
            case SAME_ROW -> Way.SAME_ROW;
            case TO_PARENT -> Way.TO_CHILDREN;
            case TO_CHILDREN -> Way.TO_PARENT;
        };
    }

    private static PhysicalPlan withoutTests(ScopeScan scan) {
        return withSteps(
                scan,
                scan.pattern().steps().stream()
                        .filter(step -> !(step instanceof Step.Exists))
                        .toList());
    }

    private static PhysicalPlan withoutOptions(ScopeScan scan) {
        return withSteps(
                scan,
                scan.pattern().steps().stream()
                        .flatMap(step ->
                                step instanceof Step.Optionally(List<Step> steps) ? steps.stream() : Stream.of(step))
                        .toList());
    }

    private static PhysicalPlan grouped(ScopeScan scan, UnaryOperator<BlockGrouping> change) {
        return new ScopeScan(scan.pattern(), scan.reads(), scan.grouping().map(change), scan.otherwise());
    }

    private static BlockGrouping byRowOnly(BlockGrouping sound) {
        return new BlockGrouping(
                sound.side(), sound.rows(), sound.projections(), List.of(), sound.keys(), sound.aggregates());
    }

    private static PhysicalPlan withSteps(ScopeScan scan, List<Step> steps) {
        ScopePattern sound = scan.pattern();
        ScopePattern spoilt =
                new ScopePattern(sound.scopes(), sound.rows(), sound.scope(), sound.links(), sound.sides(), steps);
        return new ScopeScan(spoilt, scan.reads(), scan.grouping(), scan.otherwise());
    }
}
