package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.PropertyFacts.PropertyFact;
import io.spangraph.engine.procedure.SchemaGraph.LabelPair;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rows of {@code apoc.meta.data}: one for each property and each connection of each label and relationship type. */
final class MetaData {
    private static final Value UNCOUNTED = Value.of(0L);

    private final ProcedureContext context;
    private final PropertyFacts properties;
    private final SchemaGraph graph;
    private final List<List<Value>> rows = new ArrayList<>();

    private MetaData(ProcedureContext context) {
        this.context = context;
        this.properties = new PropertyFacts(context);
        this.graph = new SchemaGraph(context.schema());
    }

    static List<List<Value>> rows(ProcedureContext context) {
        MetaData data = new MetaData(context);
        context.schema().labels().forEach(data::addLabel);
        context.schema().relationshipTypes().forEach(data::addType);
        return data.rows;
    }

    private void addLabel(String label) {
        properties.ofVertices(graph.typesWith(label)).forEach(fact -> addProperty(label, "node", fact));
        for (String type : context.schema().relationshipTypes()) {
            Set<String> others = reached(label, type);
            if (!others.isEmpty()) {
                addConnection(label, type, "node", others);
            }
        }
    }

    private void addType(String type) {
        properties
                .ofEdges(context.schema().edgeTypesNamed(type))
                .forEach(fact -> addProperty(type, "relationship", fact));
        for (String label : context.schema().labels()) {
            Set<String> others = reached(label, type);
            if (!others.isEmpty()) {
                addConnection(type, label, "relationship", others);
            }
        }
    }

    /** The labels to which relationships of the type lead from the label. */
    private Set<String> reached(String label, String type) {
        Set<String> others = new TreeSet<>();
        for (LabelPair pair : graph.pairs()) {
            if (pair.type().name().equals(type) && pair.from().equals(label)) {
                others.add(pair.to());
            }
        }
        return others;
    }

    private void addProperty(String subject, String elementType, PropertyFact fact) {
        rows.add(List.of(
                Value.of(subject),
                Value.of(fact.name()),
                UNCOUNTED,
                Value.of(fact.only()),
                Value.FALSE,
                Value.of(fact.key()),
                Value.of(fact.single().metaName()),
                Value.of(fact.single().isList()),
                Facts.NO_TEXTS,
                UNCOUNTED,
                UNCOUNTED,
                Facts.NO_TEXTS,
                Facts.NO_TEXTS,
                Value.of(elementType)));
    }

    private void addConnection(String subject, String property, String elementType, Set<String> others) {
        rows.add(List.of(
                Value.of(subject),
                Value.of(property),
                UNCOUNTED,
                Value.FALSE,
                Value.FALSE,
                Value.FALSE,
                Value.of("RELATIONSHIP"),
                Value.TRUE,
                Facts.NO_TEXTS,
                UNCOUNTED,
                UNCOUNTED,
                Facts.texts(others),
                Facts.NO_TEXTS,
                Value.of(elementType)));
    }
}
