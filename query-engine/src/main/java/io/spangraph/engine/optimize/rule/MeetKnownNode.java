package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.VertexType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the relationships between two nodes that are known by the keys of both, instead of following those of one to all
 * its neighbours.
 *
 * <pre>
 *   Filter sameRow(c, d)
 *     Expand(All) (a)-[r]->(d)
 *       ... with a and c
 *       RelationshipTypeScan r:KNOWS(Person,Person)
 *       NodeByLabelScan d:Person
 * becomes
 *   Filter c.#key0 = r.#far0
 *     Expand(All) (a)-[r]->(d)
 *       ... with a and c
 *       RelationshipTypeScan r:KNOWS(Person,Person)
 *       NodeByKey d:Person
 * </pre>
 *
 * The node that is known has a row, or it exists by trust and the relationship is trusted as well. Nothing but the key may
 * be asked of the node that it is compared with.
 */
public final class MeetKnownNode implements Rule {
    @Override
    public String summary() {
        return "Finds the relationships between two nodes that are known by the keys of both.";
    }

    @Override
    public Order order() {
        return Order.WHOLE_PLAN;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        LogicalPlan met = new Meeting(plan, context).in(plan, NodeTypes.none());
        return met == plan ? Optional.empty() : Optional.of(met);
    }

    /** One pass over a plan. */
    private static final class Meeting {
        private final LogicalPlan whole;
        private final RuleContext context;
        private final Set<Variable> withRows = new HashSet<>();

        Meeting(LogicalPlan whole, RuleContext context) {
            this.whole = whole;
            this.context = context;
            PlanTree.forEach(whole, node -> {
                if (node instanceof VertexScan scan) {
                    withRows.add(scan.node());
                }
            });
            Set<Variable> byTrust = new HashSet<>();
            PlanTree.forEach(whole, node -> addByTrust(node, byTrust));
            withRows.removeAll(byTrust);
        }

        private static void addByTrust(LogicalPlan plan, Set<Variable> found) {
            if (plan instanceof VertexByKey end) {
                found.add(end.vertex().node());
            } else if (plan instanceof Expand expand) {
                if (trusts(expand.edges(), End.FAR)) {
                    found.add(expand.to());
                }
                if (expand.startsHere() && trusts(expand.edges(), End.NEAR)) {
                    found.add(expand.from());
                }
            } else if (plan instanceof LogicalPlan.VarExpand walk) {
                found.addAll(List.of(walk.from(), walk.step(), walk.to()));
            } else if (plan instanceof LogicalPlan.ShortestPath path) {
                found.addAll(List.of(path.from(), path.step(), path.to()));
            }
        }

        private static boolean trusts(LogicalPlan edges, End end) {
            return switch (edges) {
                case EdgeScan scan -> scan.candidates().stream().anyMatch(candidate -> Pattern.trusts(candidate, end));
                case LogicalPlan.EdgeOnRow edge -> Pattern.trusts(edge.candidate(), end);
                case LogicalPlan other -> true;
            };
        }

        /** @param outer what is known of the variables of an Argument */
        LogicalPlan in(LogicalPlan plan, NodeTypes outer) {
            if (plan instanceof Apply || plan instanceof SemiApply || plan instanceof RollUpApply) {
                LogicalPlan outerSide = in(plan.inputs().get(0), outer);
                LogicalPlan innerSide =
                        in(plan.inputs().get(1), NodeTypes.of(plan.inputs().get(0), outer));
                boolean same = outerSide == plan.inputs().get(0)
                        && innerSide == plan.inputs().get(1);
                return same ? plan : plan.withInputs(List.of(outerSide, innerSide));
            }
            LogicalPlan over = PlanTree.mapInputs(plan, input -> in(input, outer));
            return over instanceof Filter filter && filter.input() instanceof Expand expand
                    ? met(filter, expand, outer).orElse(over)
                    : over;
        }

        private Optional<LogicalPlan> met(Filter filter, Expand expand, NodeTypes outer) {
            List<Expression> conditions = Conjunction.split(filter.condition());
            for (Expression condition : conditions) {
                Optional<Variable> known = known(condition, expand);
                if (known.isPresent() && isMet(known.get(), expand, outer) && !isAskedForMore(expand, condition)) {
                    List<Expression> others = new ArrayList<>(conditions);
                    others.remove(condition);
                    others.addAll(equalities(known.get(), expand));
                    VertexByKey end = new VertexByKey((VertexScan) expand.target());
                    return Optional.of(new Filter(
                            expand.withInputs(List.of(expand.input(), expand.edges(), end)), Conjunction.of(others)));
                }
            }
            return Optional.empty();
        }

        /** The node of the input that the target is to be the same as. */
        private static Optional<Variable> known(Expression condition, Expand expand) {
            if (!(condition instanceof SameRow(Variable left, Variable right)) || left.equals(right)) {
                return Optional.empty();
            }
            Variable other = right.equals(expand.to()) ? left : right;
            boolean isAboutTarget = left.equals(expand.to()) || right.equals(expand.to());
            return Optional.of(other)
                    .filter(node -> isAboutTarget && expand.input().variables().contains(node));
        }

        private boolean isMet(Variable known, Expand expand, NodeTypes outer) {
            if (!(expand.edges() instanceof EdgeScan edges)
                    || !(expand.target() instanceof VertexScan target)
                    || target.candidates().size() != 1
                    || !target.edgesOnRow().isEmpty()
                    || edges.candidates().isEmpty()) {
                return false;
            }
            VertexType type = target.candidates().getFirst().type();
            return NodeTypes.of(expand.input(), outer)
                            .of(known)
                            .filter(Set.of(type.name())::equals)
                            .isPresent()
                    && edges.candidates().stream()
                            .allMatch(edge -> edge.far() instanceof EdgeEnd.ByKey
                                    && edge.far().vertexType().equals(type.name())
                                    && (withRows.contains(known) || isSameByKey(type, edge))
                                    && equalities(known, expand.relationship(), type, edge)
                                            .equals(equalities(known, expand)));
        }

        /** Whether vertices that exist by trust are the same if their keys are. */
        private static boolean isSameByKey(VertexType type, EdgeCandidate edge) {
            return edge.type().trust()
                    && edge.type().scope().isEmpty()
                    && (edge.type().tenant().isPresent() || type.tenant().isEmpty());
        }

        /** Whether more is asked of the target than its key, apart from this condition. */
        private boolean isAskedForMore(Expand expand, Expression condition) {
            VertexScan target = (VertexScan) expand.target();
            LogicalPlan without = withoutCondition(whole, condition);
            LogicalPlan pruned = new PruneProperties().apply(without, context).orElse(without);
            Set<String> known = KeyProperties.of(target.candidates().getFirst().type());
            Set<String> asked = new HashSet<>();
            PlanTree.forEach(pruned, node -> {
                if (node instanceof VertexScan scan && scan.node().equals(target.node())) {
                    asked.addAll(scan.properties().orElseThrow());
                }
            });
            return !known.containsAll(asked)
                    || RowUses.of(pruned, context.schema()).needRow(target.node(), expand.relationship());
        }

        private static LogicalPlan withoutCondition(LogicalPlan plan, Expression condition) {
            LogicalPlan over = PlanTree.mapInputs(plan, input -> withoutCondition(input, condition));
            if (!(over instanceof Filter filter)) {
                return over;
            }
            List<Expression> others = new ArrayList<>(Conjunction.split(filter.condition()));
            return others.remove(condition) ? new Filter(filter.input(), Conjunction.of(others)) : over;
        }

        private List<Expression> equalities(Variable known, Expand expand) {
            EdgeScan edges = (EdgeScan) expand.edges();
            VertexScan target = (VertexScan) expand.target();
            return equalities(
                    known,
                    expand.relationship(),
                    target.candidates().getFirst().type(),
                    edges.candidates().getFirst());
        }

        /** What joins the edge to its far end. */
        private static List<Expression> equalities(
                Variable node, Variable relationship, VertexType type, EdgeCandidate edge) {
            List<Expression> all = new ArrayList<>();
            if (edge.type().tenant().isPresent() && type.tenant().isPresent()) {
                all.add(equal(
                        new FieldRef(node, new EntityField.Tenant()),
                        new FieldRef(relationship, new EntityField.Tenant())));
            }
            List<String> scope = edge.type().scope().map(Scope::key).orElse(List.of());
            for (int i = 0; i < scope.size(); i++) {
                all.add(equal(
                        new Property(new VariableRef(node), scope.get(i)),
                        new FieldRef(relationship, new EntityField.ScopeKey(i))));
            }
            for (int i = 0; i < type.id().size(); i++) {
                all.add(equal(
                        new FieldRef(node, new EntityField.Key(i)),
                        new FieldRef(relationship, new EntityField.EndKey(End.FAR, i))));
            }
            return all;
        }

        private static Expression equal(Expression left, Expression right) {
            return new Compare(CompareOperator.EQUAL, left, right);
        }
    }
}
