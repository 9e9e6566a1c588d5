package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstLabels;
import io.spangraph.cypher.ast.AstLabels.LabelName;
import io.spangraph.cypher.ast.AstQuery.GraphName;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.Notification.Severity;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.VertexType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks names up in the schema, and refuses or reports those that it does not have. */
public final class SchemaNames {
    private static final int MOST_LISTED = 20;
    private static final String DEFAULT_GRAPH = "neo4j";

    private final GraphSchema schema;
    private final UnknownNames whenUnknown;
    private final Set<Notification> notifications = new LinkedHashSet<>();

    public SchemaNames(GraphSchema schema, UnknownNames whenUnknown) {
        this.schema = schema;
        this.whenUnknown = whenUnknown;
    }

    /** What was found so far, each once. */
    public List<Notification> notifications() {
        return List.copyOf(notifications);
    }

    public void report(Notification notification) {
        notifications.add(notification);
    }

    /** Refuses the name of a graph that is not this one, nor the one that Neo4j's clients use when they were not told any. */
    public void checkGraph(GraphName graph) {
        if (!graph.name().equalsIgnoreCase(schema.name()) && !graph.name().equalsIgnoreCase(DEFAULT_GRAPH)) {
            throw CypherErrors.graphNotFound(
                    graph.name(),
                    schema.name(),
                    DidYouMean.hint(graph.name(), List.of(schema.name(), DEFAULT_GRAPH)),
                    graph.place().position());
        }
    }

    /** Checks the labels, and returns the vertex types that satisfy the expression. */
    public Candidates vertexTypes(AstLabels labels) {
        checkLabels(labels);
        Map<String, Set<String>> found = new TreeMap<>();
        for (VertexType type : schema.vertexTypes()) {
            if (labels.expression().matches(type.labels())) {
                found.put(type.name(), type.properties().keySet());
            }
        }
        return new Candidates(found);
    }

    void checkLabels(AstLabels labels) {
        labels.names().forEach(label -> check(label, schema.labels(), Subject.LABEL));
    }

    /** Checks the relationship types, and returns the names that satisfy the expression. */
    public Set<String> relationshipTypes(AstLabels types) {
        Set<String> known = schema.relationshipTypes();
        types.names().forEach(type -> check(type, known, Subject.RELATIONSHIP_TYPE));
        Set<String> all = new TreeSet<>(known);
        types.names().forEach(type -> all.add(type.name()));
        all.removeIf(name -> !types.expression().matches(Set.of(name)));
        return all;
    }

    public Candidates edgeTypes(Set<String> names) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (EdgeType type : schema.edgeTypes()) {
            if (names.contains(type.name())) {
                found.merge(type.name(), type.properties().keySet(), SchemaNames::together);
            }
        }
        return new Candidates(found);
    }

    private static Set<String> together(Set<String> left, Set<String> right) {
        Set<String> both = new TreeSet<>(left);
        both.addAll(right);
        return both;
    }

    /** Checks a property of something that may be one of these types; without types, of anything in the graph. */
    public void checkProperty(String name, Optional<Candidates> owners, SourcePosition position) {
        Optional<Candidates> known = owners.filter(types -> !types.isEmpty());
        Set<String> properties = known.map(Candidates::properties).orElseGet(schema::propertyNames);
        if (!properties.contains(name)) {
            unknown(name, known.map(Candidates::owner).orElse(""), properties, Subject.PROPERTY, position);
        }
    }

    private void check(LabelName label, Set<String> known, Subject subject) {
        if (!known.contains(label.name())) {
            unknown(label.name(), "", known, subject, label.place().position());
        }
    }

    private void unknown(
            String name, String owner, Collection<String> known, Subject subject, SourcePosition position) {
        String hint = DidYouMean.hint(name, known);
        switch (whenUnknown) {
            case ERROR -> {
                boolean list = subject != Subject.PROPERTY || hint.isEmpty() && !owner.isEmpty();
                throw QueryException.at(
                        QueryErrorCode.UNKNOWN_NAME,
                        "Unknown " + subject.word + " '" + name + "'" + owner + " at " + position + "."
                                + (list ? listed(known, subject) : "") + hint,
                        position);
            }
            case WARN ->
                notifications.add(new Notification(
                        subject.code,
                        Severity.WARNING,
                        subject.title,
                        "The " + subject.word + " '" + name + "'" + owner
                                + " is not in the graph; make sure that it is not misspelt." + hint,
                        Optional.of(position)));
        }
    }

    private static String listed(Collection<String> known, Subject subject) {
        if (known.isEmpty()) {
            return "";
        }
        String names =
                String.join(", ", known.stream().sorted().limit(MOST_LISTED).toList());
        return " Known " + subject.plural + ": " + names + (known.size() > MOST_LISTED ? ", ..." : ".");
    }

    /** Kinds of names, with the words and status codes that Neo4j's clients know. */
    private enum Subject {
        LABEL(
                "label",
                "labels",
                "Neo.ClientNotification.Statement.UnknownLabelWarning",
                "The provided label is not in the database."),
        RELATIONSHIP_TYPE(
                "relationship type",
                "relationship types",
                "Neo.ClientNotification.Statement.UnknownRelationshipTypeWarning",
                "The provided relationship type is not in the database."),
        PROPERTY(
                "property",
                "properties",
                "Neo.ClientNotification.Statement.UnknownPropertyKeyWarning",
                "The provided property key is not in the database");

        private final String word;
        private final String plural;
        private final String code;
        private final String title;

        Subject(String word, String plural, String code, String title) {
            this.word = word;
            this.plural = plural;
            this.code = code;
            this.title = title;
        }
    }
}
