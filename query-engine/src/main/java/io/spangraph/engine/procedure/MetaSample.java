package io.spangraph.engine.procedure;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.procedure.PropertyFacts.PropertyFact;
import io.spangraph.engine.procedure.SchemaGraph.LabelPair;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How often properties are set in a sample of the reader's own nodes and relationships. */
final class MetaSample {
    private static final Variable ELEMENT = new Variable("element", 0, Kind.NODE);
    private static final Variable FROM = new Variable("from", 1, Kind.NODE);
    private static final Variable RELATIONSHIP = new Variable("relationship", 2, Kind.RELATIONSHIP);
    private static final Variable TO = new Variable("to", 3, Kind.NODE);
    private static final int FIRST_COUNT = 4;

    private final ProcedureContext context;
    private final PropertyFacts properties;
    private final long size;

    /** @param size how many nodes of each kind, and relationships of each type, are looked at */
    MetaSample(ProcedureContext context, long size) {
        this.context = context;
        this.properties = new PropertyFacts(context);
        this.size = size;
    }

    /** A sample's size, and how many of its elements have each property. */
    private record Observed(long total, List<Long> withProperty) {}

    List<List<Value>> nodeTypes() {
        List<List<Value>> rows = new ArrayList<>();
        properties.byLabels().forEach((labels, types) -> {
            List<PropertyFact> facts = properties.ofVertices(types);
            LabelExpression all = labels.stream()
                    .<LabelExpression>map(LabelExpression.Label::new)
                    .reduce(LabelExpression.And::new)
                    .orElse(new LabelExpression.Any());
            Observed observed = observe(new NodeScan(ELEMENT, all), ELEMENT, facts);
            List<Value> kind = List.of(Value.of(SchemaProcedures.nodeType(labels)), Facts.texts(labels));
            rows.addAll(rows(kind, facts, observed));
        });
        return rows;
    }

    List<List<Value>> relationshipTypes() {
        List<List<Value>> rows = new ArrayList<>();
        for (LabelPair pair : new SchemaGraph(context.schema()).pairs()) {
            List<PropertyFact> facts = properties.ofEdges(List.of(pair.type()));
            // Few start nodes let the scan of the relationships skip what belongs to others.
            LogicalPlan starts = sample(new NodeScan(FROM, new LabelExpression.Label(pair.from())));
            LogicalPlan pattern = new Expand(
                    starts,
                    FROM,
                    RELATIONSHIP,
                    TO,
                    new RelationshipScan(RELATIONSHIP, Set.of(pair.type().name()), Direction.OUTGOING),
                    new NodeScan(TO, new LabelExpression.Label(pair.to())));
            Observed observed = observe(pattern, RELATIONSHIP, facts);
            List<Value> kind = List.of(
                    Value.of(SchemaProcedures.relType(pair.type().name())),
                    Facts.texts(List.of(pair.from())),
                    Facts.texts(List.of(pair.to())));
            rows.addAll(rows(kind, facts, observed));
        }
        return rows;
    }

    private Observed observe(LogicalPlan elements, Variable element, List<PropertyFact> facts) {
        List<AggregateItem> counts = new ArrayList<>();
        counts.add(count(0, Optional.empty()));
        for (PropertyFact fact : facts) {
            counts.add(count(counts.size(), Optional.of(new Property(new VariableRef(element), fact.name()))));
        }
        LogicalPlan plan = new Aggregate(sample(elements), List.of(), counts);
        List<Variable> columns = counts.stream().map(AggregateItem::variable).toList();
        try (Stream<List<Value>> rows = context.rows(plan, columns)) {
            List<Long> numbers = rows.findFirst().orElseThrow().stream()
                    .map(value -> value instanceof Value.IntegerValue(long number) ? number : 0L)
                    .toList();
            return new Observed(numbers.getFirst(), numbers.subList(1, numbers.size()));
        }
    }

    private LogicalPlan sample(LogicalPlan elements) {
        return new Limit(elements, new Literal(Value.of(size)));
    }

    private static AggregateItem count(int position, Optional<Expression> counted) {
        AggregateCall call = counted.map(
                        expression -> new AggregateCall(AggregateFunction.COUNT, List.of(expression), false))
                .orElse(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false));
        return new AggregateItem(call, new Variable("count" + position, FIRST_COUNT + position, Kind.VALUE));
    }

    private static List<List<Value>> rows(List<Value> kind, List<PropertyFact> facts, Observed observed) {
        Value total = Value.of(observed.total());
        if (facts.isEmpty()) {
            return List.of(
                    SchemaProcedures.joined(kind, List.of(Value.NULL, Value.NULL, Value.FALSE, Value.of(0L), total)));
        }
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            PropertyFact fact = facts.get(i);
            rows.add(SchemaProcedures.joined(
                    kind,
                    List.of(
                            Value.of(fact.name()),
                            Facts.texts(fact.schemaNames()),
                            Value.of(fact.key()),
                            Value.of(observed.withProperty().get(i)),
                            total)));
        }
        return rows;
    }
}
