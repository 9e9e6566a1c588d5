package io.spangraph.engine.optimize;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.EdgeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Plausible defects, one or more for each rule: what a rule does when somebody forgets a condition or a step. */
enum SeededBug {
    FORGETS_THE_OTHER_LABEL("ResolveLabels") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof VertexScan scan && scan.candidates().size() > 1
                    ? scan.withCandidates(
                            scan.candidates().subList(1, scan.candidates().size()))
                    : after;
        }
    },
    SEES_ALL_TENANTS("PinTenant") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof VertexScan scan
                    ? scan.withCandidates(scan.candidates().stream()
                            .map(each -> new VertexCandidate(each.type(), Optional.of(new PinMode.Unrestricted())))
                            .toList())
                    : after;
        }
    },
    NEGATES_WITHOUT_DE_MORGAN("SimplifyCondition") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof Filter(LogicalPlan input, Expression.And(List<Expression> operands))
                            && before instanceof Filter(LogicalPlan same, Expression.Not negated)
                    ? new Filter(input, new Expression.Or(operands))
                    : after;
        }
    },
    FORGETS_THAT_A_DAY_HAS_AN_END("InvertEpochConditions") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof Filter(LogicalPlan input, Expression condition)
                    ? new Filter(input, ExpressionTree.rewrite(condition, SeededBug::startInsteadOfEnd))
                    : after;
        }
    },
    LOSES_THE_LOWER_FILTER("MergeFilters") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof Filter(LogicalPlan input, Expression condition)
                    ? new Filter(input, Conjunction.split(condition).getLast())
                    : after;
        }
    },
    FILTERS_ONE_SIDE_ONLY("PushFilterThroughUnion") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return below(after) instanceof Union union && union.right() instanceof Filter filter
                    ? new Union(union.left(), filter.input(), union.leftColumns(), union.rightColumns())
                    : after;
        }
    },
    LOSES_THE_FILTER_BELOW_A_SORT("PushFilterThroughSort") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return withoutFilterBelow(below(after)).orElse(after);
        }
    },
    PASSES_A_LIMIT("PushFilterThroughSort") {
        @Override
        Optional<LogicalPlan> applyInstead(LogicalPlan plan) {
            return plan instanceof Filter(Limit limit, Expression condition)
                    ? Optional.of(new Limit(new Filter(limit.input(), condition), limit.count()))
                    : Optional.empty();
        }
    },
    LOSES_THE_FILTER_BELOW_AN_AGGREGATION("PushFilterThroughAggregate") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return withoutFilterBelow(below(after)).orElse(after);
        }
    },
    LOSES_THE_FILTER_BELOW_A_PROJECTION("PushFilterThroughProject") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return withoutFilterBelow(below(after)).orElse(after);
        }
    },
    LOSES_THE_FILTER_BELOW_UNWIND("PushFilterThroughUnwind") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return withoutFilterBelow(below(after)).orElse(after);
        }
    },
    FILTERS_THE_OPTIONAL_SIDE("PushFilterIntoApply") {
        @Override
        Optional<LogicalPlan> applyInstead(LogicalPlan plan) {
            return plan instanceof Filter(Apply apply, Expression condition)
                            && new HashSet<>(apply.inner().variables()).containsAll(ExpressionTree.variables(condition))
                    ? Optional.of(new Apply(apply.outer(), new Filter(apply.inner(), condition), apply.kind()))
                    : Optional.empty();
        }
    },
    JOINS_ON_NOTHING("PushFilterIntoJoin") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return below(after) instanceof Join join && !join.conditions().isEmpty()
                    ? new Join(join.left(), join.right(), List.of())
                    : after;
        }
    },
    LOSES_A_CONDITION_ON_THE_TARGET("PushFilterIntoExpand") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return below(after) instanceof Expand expand && expand.target() instanceof VertexScan scan
                    ? expand.withInputs(List.of(expand.input(), expand.edges(), scan.withPredicates(List.of())))
                    : after;
        }
    },
    LOSES_A_PREDICATE("PushFilterIntoScan") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof VertexScan scan && scan.predicates().size() > 1
                    ? scan.withPredicates(
                            scan.predicates().subList(1, scan.predicates().size()))
                    : after;
        }
    },
    NARROWS_TO_ONE_TYPE("NarrowTypes") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof VertexScan scan && scan.candidates().size() > 1
                            ? scan.withCandidates(scan.candidates().subList(0, 1))
                            : plan);
        }
    },
    TAKES_THE_FIRST_TYPE("ElementIdToKey") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof VertexScan scan && scan.candidates().size() > 1
                    ? scan.withCandidates(scan.candidates().subList(0, 1))
                    : after;
        }
    },
    TAKES_ANY_RELATIONSHIPS_FOR_DIFFERENT("DropDistinctCheck") {
        @Override
        Optional<LogicalPlan> applyInstead(LogicalPlan plan) {
            return plan instanceof Filter(LogicalPlan input, Expression.DistinctRelationships distinct)
                    ? Optional.of(input)
                    : Optional.empty();
        }
    },
    TAKES_EVERY_PROPERTY_FOR_A_KEY("CarryKeyPredicates") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof Expand expand
                                    && expand.input() instanceof VertexScan from
                                    && expand.target() instanceof VertexScan to
                            ? expand.withInputs(List.of(from, expand.edges(), with(to, moved(from, to))))
                            : plan);
        }
    },
    CARRIES_OUT_OF_THE_OPTIONAL_SIDE("CarryKeyPredicates") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof Apply apply
                                    && apply.outer() instanceof VertexScan outer
                                    && apply.inner() instanceof Expand expand
                                    && expand.target() instanceof VertexScan inner
                            ? new Apply(with(outer, moved(inner, outer)), apply.inner(), apply.kind())
                            : plan);
        }
    },
    TAKES_A_KEY_FOR_A_ROW("RequireRow") {
        @Override
        Optional<LogicalPlan> applyInstead(LogicalPlan plan) {
            return plan instanceof Expand expand
                            && expand.edges() instanceof EdgeScan edges
                            && expand.target() instanceof VertexScan target
                            && !target.predicates().isEmpty()
                            && edges.candidates().stream()
                                    .anyMatch(edge -> edge.type().trust())
                    ? Optional.of(expand.withInputs(List.of(
                            expand.input(),
                            edges.withCandidates(edges.candidates().stream()
                                    .map(SeededBug::withoutTrust)
                                    .toList()),
                            target)))
                    : Optional.empty();
        }
    },
    DROPS_WHAT_IS_NOT_TRUSTED("DropForeignKeyHop") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof Expand expand
                                    && expand.target() instanceof VertexScan target
                                    && target.edgesOnRow().isEmpty()
                            ? expand.withInputs(List.of(expand.input(), expand.edges(), new VertexByKey(target)))
                            : plan);
        }
    },
    FORGETS_WHAT_IS_ASKED_OF_THE_KEY("DropForeignKeyHop") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof Expand expand && expand.target() instanceof VertexByKey
                            ? expand.withInputs(List.of(
                                    expand.input() instanceof VertexScan scan
                                            ? scan.withPredicates(List.of())
                                            : expand.input(),
                                    expand.edges(),
                                    new VertexByKey(((VertexByKey) expand.target())
                                            .vertex()
                                            .withPredicates(List.of()))))
                            : plan);
        }
    },
    FORGETS_THE_DIRECTION("StartFromSelectiveEnd") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof EdgeScan scan
                            ? scan.withCandidates(scan.candidates().stream()
                                    .map(edge -> new EdgeCandidate(
                                            edge.type(), !edge.reversed(), edge.skipLoops(), edge.pin()))
                                    .toList())
                            : plan);
        }
    },
    FORGETS_WHOM_IT_MEETS("MeetKnownNode") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof Filter(Expand expand, Expression condition)
                                    && expand.target() instanceof VertexByKey
                            ? new Filter(expand, withoutFarKeys(condition))
                            : plan);
        }
    },
    LOSES_THE_EDGE_ON_THE_ROW("ReadEdgeFromRow") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(after, plan -> plan instanceof VertexScan scan ? scan.withEdgesOnRow(List.of()) : plan);
        }
    },
    READS_ANY_ROW("ReadEdgeFromRow") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof VertexScan scan
                                    && !scan.predicates().isEmpty()
                                    && !scan.edgesOnRow().isEmpty()
                            ? scan.withPredicates(List.of())
                            : plan);
        }
    },
    SKIPS_AFTER_THE_LIMIT("SortLimitToTopN") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof TopN top ? new TopN(top.input(), top.keys(), Optional.empty(), top.limit()) : after;
        }
    },
    LIMITS_BEFORE_SKIPPING("PushLimitThroughProject") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return after instanceof Project project && project.input() instanceof Skip skip
                    ? project.withInputs(List.of(skip.input()))
                    : after;
        }
    },
    FORGETS_WHAT_CONDITIONS_ASK_FOR("PruneProperties") {
        @Override
        LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
            return everywhere(
                    after,
                    plan -> plan instanceof VertexScan scan
                                    && !scan.predicates().isEmpty()
                            ? scan.withProperties(Set.of())
                            : plan);
        }
    };

    private final String rule;

    SeededBug(String rule) {
        this.rule = rule;
    }

    String ruleName() {
        return rule;
    }

    /** What the defect makes of what the rule made of a plan. */
    LogicalPlan spoil(LogicalPlan before, LogicalPlan after) {
        return after;
    }

    /** What the rule does where it ought to do nothing. */
    Optional<LogicalPlan> applyInstead(LogicalPlan plan) {
        return Optional.empty();
    }

    /** The rule with the defect. */
    Rule in(Rule sound) {
        return new Rule() {
            @Override
            public String name() {
                return sound.name();
            }

            @Override
            public String summary() {
                return SeededBug.this.name();
            }

            @Override
            public Order order() {
                return sound.order();
            }

            @Override
            public boolean required() {
                return sound.required();
            }

            @Override
            public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
                Optional<LogicalPlan> instead = applyInstead(plan);
                return instead.isPresent()
                        ? instead
                        : sound.apply(plan, context)
                                .map(after -> spoil(plan, after))
                                .filter(after -> !after.equals(plan));
            }
        };
    }

    private static EdgeCandidate withoutTrust(EdgeCandidate edge) {
        EdgeType type = edge.type();
        return new EdgeCandidate(
                new EdgeType(
                        type.name(),
                        type.source(),
                        type.from(),
                        type.to(),
                        type.id(),
                        type.tenant(),
                        type.scope(),
                        type.scopeKey(),
                        false,
                        type.properties(),
                        type.position()),
                edge.reversed(),
                edge.skipLoops(),
                edge.pin());
    }

    /** The node that a filter was pushed into, also where conjuncts stayed above. */
    private static LogicalPlan below(LogicalPlan after) {
        return after instanceof Filter filter ? filter.input() : after;
    }

    private static Optional<LogicalPlan> withoutFilterBelow(LogicalPlan plan) {
        boolean takesFilters = plan instanceof Sort
                || plan instanceof Aggregate
                || plan instanceof Project
                || plan instanceof Unwind
                || plan instanceof SemiApply;
        if (takesFilters && plan.inputs().getFirst() instanceof Filter filter) {
            List<LogicalPlan> inputs = new ArrayList<>(plan.inputs());
            inputs.set(0, filter.input());
            return Optional.of(plan.withInputs(inputs));
        }
        return Optional.empty();
    }

    private static Expression withoutFarKeys(Expression condition) {
        return Conjunction.of(Conjunction.split(condition).stream()
                .filter(each -> !(each instanceof Expression.Compare compare
                        && compare.right() instanceof Expression.FieldRef field
                        && field.field() instanceof EntityField.EndKey))
                .toList());
    }

    private static LogicalPlan everywhere(LogicalPlan plan, UnaryOperator<LogicalPlan> function) {
        return function.apply(PlanTree.mapInputs(plan, input -> everywhere(input, function)));
    }

    /** The predicates on single properties of one node, on the properties of the same name of another. */
    private static List<Expression> moved(VertexScan from, VertexScan to) {
        return from.predicates().stream()
                .filter(predicate -> ExpressionTree.variables(predicate).equals(Set.of(from.node())))
                .filter(predicate -> predicate instanceof Expression.Compare)
                .map(predicate -> ExpressionTree.rewrite(predicate, part -> renamed(part, from.node(), to.node())))
                .filter(predicate -> !predicate.toString().contains("FunctionCall"))
                .toList();
    }

    private static Expression renamed(Expression part, Variable from, Variable to) {
        return part instanceof Property(VariableRef(Variable subject), String name) && subject.equals(from)
                ? new Property(new VariableRef(to), name)
                : part;
    }

    private static Expression startInsteadOfEnd(Expression part) {
        return part instanceof Expression.FunctionCall(String name, List<Expression> arguments)
                        && name.equals("epochAfter")
                ? new Expression.FunctionCall("epochFrom", arguments)
                : part;
    }

    private static VertexScan with(VertexScan scan, List<Expression> predicates) {
        List<Expression> all = new ArrayList<>(scan.predicates());
        predicates.stream()
                .filter(predicate -> !all.contains(predicate))
                .filter(predicate -> ExpressionTree.variables(predicate).equals(Set.of(scan.node())))
                .forEach(all::add);
        return scan.withPredicates(all);
    }
}
