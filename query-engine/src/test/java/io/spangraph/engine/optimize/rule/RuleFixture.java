package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.RowSource.TableRows;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Agents own traces, traces have spans, spans are children of spans of their trace and use public models: the graph and
 * the few words in which the tests of rules speak.
 */
public final class RuleFixture {
    private static final Scope TRACE = new Scope("trace", List.of("trace_id"));

    public static final GraphSchema SCHEMA = new GraphSchema(
            "test",
            Map.of(),
            Map.of("trace", TRACE),
            Tenancy.ENFORCED,
            List.of(
                    vertex("Agent", "agents", "agent_id", false, "name"),
                    vertex("Trace", "traces", "trace_id", false, "name", "total"),
                    vertex("Span", "spans", "span_id", false, "trace_id", "parent_id", "model_id", "name", "status"),
                    vertex("Model", "models", "model_id", true, "name")),
            List.of(
                    edge("OWNS", "traces", byKey("Agent", "agent_id"), new EdgeEnd.SameRow("Trace"), false, false),
                    edge("HAS_SPAN", "spans", byKey("Trace", "trace_id"), new EdgeEnd.SameRow("Span"), true, false),
                    edge("CHILD_OF", "spans", new EdgeEnd.SameRow("Span"), byKey("Span", "parent_id"), false, true),
                    edge("USES", "spans", new EdgeEnd.SameRow("Span"), byKey("Model", "model_id"), false, false),
                    edge("SIMILAR", "similar", byKey("Span", "a"), byKey("Span", "b"), false, true)));

    public static final Variable A = node("a", 1);
    public static final Variable T = node("t", 2);
    public static final Variable S = node("s", 3);
    public static final Variable P = node("p", 4);
    public static final Variable N = node("n", 5);
    public static final Variable R1 = relationship("r1", 11);
    public static final Variable R2 = relationship("r2", 12);
    public static final Variable X = value("x", 21);
    public static final Variable Y = value("y", 22);

    private RuleFixture() {}

    /** What a rule makes of a plan whose labels are resolved, as a picture of both. */
    public static String picture(Rule rule, LogicalPlan plan) {
        return picture(rule, plan, true);
    }

    public static String picture(Rule rule, LogicalPlan plan, boolean allTenants) {
        RuleContext context = new RuleContext(SCHEMA, allTenants, new AtomicInteger(1_000));
        LogicalPlan before = rule.required()
                ? plan
                : new Optimizer(List.of(new ResolveLabels()))
                        .optimize(plan, context)
                        .plan();
        LogicalPlan after =
                new Optimizer(List.of(rule)).optimize(before, context).plan();
        return after == before
                ? "stays\n" + PlanPrinter.print(before)
                : PlanPrinter.print(before) + "becomes\n" + PlanPrinter.print(after);
    }

    /** The same with conditions already in the scans. */
    public static String pictureOfScans(Rule rule, LogicalPlan plan) {
        RuleContext context = new RuleContext(SCHEMA, true, new AtomicInteger(1_000));
        List<Rule> first = List.of(
                new ResolveLabels(), new PushFilterIntoExpand(), new PushFilterIntoScan(), new PushFilterIntoApply());
        LogicalPlan before = new Optimizer(first).optimize(plan, context).plan();
        return picture(rule, before);
    }

    public static Variable node(String name, int id) {
        return new Variable(name, id, Kind.NODE);
    }

    public static Variable relationship(String name, int id) {
        return new Variable(name, id, Kind.RELATIONSHIP);
    }

    public static Variable value(String name, int id) {
        return new Variable(name, id, Kind.VALUE);
    }

    public static NodeScan scan(Variable node, String label) {
        return new NodeScan(node, new LabelExpression.Label(label));
    }

    public static NodeScan scan(Variable node) {
        return new NodeScan(node, new LabelExpression.Any());
    }

    public static RelationshipScan edges(Variable relationship, Direction direction, String... types) {
        return new RelationshipScan(relationship, Set.of(types), direction);
    }

    public static Expand out(LogicalPlan input, Variable from, Variable relationship, String type, LogicalPlan target) {
        return new Expand(
                input,
                from,
                relationship,
                target.variables().getFirst(),
                edges(relationship, Direction.OUTGOING, type),
                target);
    }

    public static Expand in(LogicalPlan input, Variable from, Variable relationship, String type, LogicalPlan target) {
        return new Expand(
                input,
                from,
                relationship,
                target.variables().getFirst(),
                edges(relationship, Direction.INCOMING, type),
                target);
    }

    public static VarExpand walk(LogicalPlan input, Variable from, String type, NodeScan target) {
        return new VarExpand(
                input,
                from,
                R1,
                X,
                Optional.empty(),
                N,
                target.node(),
                1,
                OptionalInt.empty(),
                edges(R1, Direction.OUTGOING, type),
                scan(N),
                target);
    }

    public static ShortestPath shortest(LogicalPlan input, Variable from, String type, Variable to, boolean all) {
        return new ShortestPath(
                input,
                from,
                to,
                R1,
                X,
                Y,
                N,
                1,
                OptionalInt.empty(),
                all,
                edges(R1, Direction.OUTGOING, type),
                scan(N));
    }

    public static Filter filter(LogicalPlan input, Expression... conditions) {
        return new Filter(input, Conjunction.of(Arrays.asList(conditions)));
    }

    public static Project project(LogicalPlan input, Item... items) {
        return new Project(input, Arrays.asList(items));
    }

    public static Item pass(Variable variable) {
        return new Item(new VariableRef(variable), variable);
    }

    public static Item as(Expression expression, Variable variable) {
        return new Item(expression, variable);
    }

    public static Expression get(Variable variable, String property) {
        return new Property(new VariableRef(variable), property);
    }

    public static Expression ref(Variable variable) {
        return new VariableRef(variable);
    }

    public static Expression text(String value) {
        return new Literal(Value.of(value));
    }

    public static Expression number(long value) {
        return new Literal(Value.of(value));
    }

    public static Expression parameter(String name) {
        return new Parameter(name);
    }

    public static Expression equal(Expression left, Expression right) {
        return new Compare(CompareOperator.EQUAL, left, right);
    }

    public static Expression less(Expression left, Expression right) {
        return new Compare(CompareOperator.LESS, left, right);
    }

    private static VertexType vertex(String name, String table, String key, boolean isPublic, String... properties) {
        Map<String, PropertyMapping> mapped = new LinkedHashMap<>();
        mapped.put(key, property(key, false));
        for (String property : properties) {
            mapped.put(property, property(property, false));
        }
        if (name.equals("Span")) {
            mapped.put("input", property("input", true));
        }
        return new VertexType(
                name,
                Set.of(name),
                new TableRows(table(table), Optional.empty()),
                List.of(column(key)),
                true,
                true,
                isPublic ? Optional.empty() : Optional.of(column("tenant_id")),
                isPublic,
                mapped,
                SourcePosition.START);
    }

    private static EdgeType edge(String name, String table, EdgeEnd from, EdgeEnd to, boolean trust, boolean inScope) {
        return new EdgeType(
                name,
                new TableRows(table(table), Optional.empty()),
                from,
                to,
                Optional.empty(),
                Optional.of(column("tenant_id")),
                inScope ? Optional.of(TRACE) : Optional.empty(),
                inScope ? List.of(column("trace_id")) : List.of(),
                trust,
                Map.of("weight", property("weight", false)),
                SourcePosition.START);
    }

    private static EdgeEnd byKey(String vertexType, String column) {
        return new EdgeEnd.ByKey(vertexType, List.of(column(column)));
    }

    private static PropertyMapping property(String name, boolean lazy) {
        return new PropertyMapping(name, column(name), lazy);
    }

    private static Positioned column(String name) {
        return new Positioned(new ColumnPath(name, List.of()), name, SourcePosition.START);
    }

    private static TableName table(String name) {
        return new TableName("lake", List.of("db"), name);
    }
}
