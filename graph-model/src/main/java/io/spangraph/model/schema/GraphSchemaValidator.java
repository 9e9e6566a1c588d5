package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableDirectory;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a schema with the tables it is mapped to and finds everything that does not fit in one go, because a wrong
 * column name that is found at query time is found by a user.
 */
public final class GraphSchemaValidator {
    private static final int MAX_TABLES_IN_HINT = 10;

    private final GraphSchema schema;
    private final TableDirectory directory;
    private final ProblemLog problems = new ProblemLog();
    private final Map<TableName, Optional<TableSchema>> tables = new HashMap<>();
    private final Set<String> reportedForVertices = new HashSet<>();

    private GraphSchemaValidator(GraphSchema schema, TableDirectory directory) {
        this.schema = schema;
        this.directory = directory;
    }

    /** All problems, in the order of the file; none means that every table, column and type is as the mapping says. */
    public static List<SchemaProblem> validate(GraphSchema schema, TableDirectory directory) {
        GraphSchemaValidator validator = new GraphSchemaValidator(schema, directory);
        schema.vertexTypes().forEach(validator::checkVertexType);
        validator.problems.problems().forEach(problem -> validator.reportedForVertices.add(problem.message()));
        schema.edgeTypes().forEach(validator::checkEdgeType);
        return validator.problems.problems();
    }

    private void checkVertexType(VertexType type) {
        String what = "vertex type '" + type.name() + "'";
        table(type.source(), what, type.position()).ifPresent(table -> {
            checkWhere(type.source(), table);
            type.id().forEach(key -> checkKey(key, table));
            type.tenant().ifPresent(tenant -> checkTenant(tenant, what, type.position(), table));
            type.properties().values().forEach(property -> check(property.expression(), table));
        });
    }

    private void checkEdgeType(EdgeType type) {
        String what = "edge type '" + type.name() + "'";
        table(type.source(), what, type.position()).ifPresent(table -> {
            checkWhere(type.source(), table);
            type.id().ifPresent(id -> id.forEach(key -> checkKey(key, table)));
            type.tenant()
                    .filter(tenant -> !isTenantOfVertices(tenant, type.source()))
                    .ifPresent(tenant -> checkTenant(tenant, what, type.position(), table));
            type.properties().values().forEach(property -> check(property.expression(), table));
            checkEnd(type.from(), table);
            checkEnd(type.to(), table);
            checkScope(type, table);
        });
    }

    /** Whether the tenant was taken over from a vertex type of the same table, where it has been checked. */
    private boolean isTenantOfVertices(Positioned tenant, RowSource source) {
        return schema.vertexTypes().stream()
                .anyMatch(vertex -> vertex.source().table().equals(source.table())
                        && vertex.tenant().equals(Optional.of(tenant)));
    }

    private Optional<TableSchema> table(RowSource source, String what, SourcePosition place) {
        TableName name = source.table();
        Optional<TableSchema> table = lookUp(name);
        if (table.isEmpty()) {
            List<String> neighbours = directory.neighbours(name);
            String hint = DidYouMean.closest(name.table(), neighbours)
                    .map(found -> " Did you mean '" + found + "'?")
                    .orElseGet(() -> neighbours.isEmpty()
                            ? ""
                            : " Tables beside it: "
                                    + String.join(
                                            ", ",
                                            neighbours.stream()
                                                    .sorted()
                                                    .limit(MAX_TABLES_IN_HINT)
                                                    .toList())
                                    + (neighbours.size() > MAX_TABLES_IN_HINT ? ", ..." : "."));
            problems.add(place, "Table '" + name + "' of " + what + " does not exist." + hint);
        }
        return table;
    }

    private Optional<TableSchema> lookUp(TableName name) {
        return tables.computeIfAbsent(name, directory::table);
    }

    private Optional<ColumnType> check(Positioned expression, TableSchema table) {
        List<String> found = MappingTypes.problemsOf(expression.expression(), table);
        boolean derived = isDerived(expression);
        for (String message : found) {
            if (!derived || !reportedForVertices.contains(message)) {
                problems.add(expression.position(), message);
            }
        }
        return found.isEmpty() ? MappingTypes.typeOf(expression.expression(), table) : Optional.empty();
    }

    /** Whether properties of a vertex type were replaced in it, whose own problems are told where they are mapped. */
    private static boolean isDerived(Positioned expression) {
        try {
            return !MappingExpressionParser.parse(expression.text()).equals(expression.expression());
        } catch (MappingSyntaxException literalName) {
            return false;
        }
    }

    private void checkWhere(RowSource source, TableSchema table) {
        switch (source) {
            case RowSource.TableRows rows ->
                rows.where()
                        .ifPresent(where -> check(where, table)
                                .filter(type -> type != Primitive.BOOLEAN)
                                .ifPresent(type -> problems.add(
                                        where.position(),
                                        "Expected a condition, found "
                                                + MappingKind.describe(where.expression(), Optional.of(type)) + ".")));
        }
    }

    private void checkKey(Positioned key, TableSchema table) {
        check(key, table)
                .filter(type -> !canBeKey(type))
                .ifPresent(type -> problems.add(
                        key.position(),
                        "A key is text, an integer, a date or a timestamp, found "
                                + MappingKind.describe(key.expression(), Optional.of(type)) + "."));
    }

    private static boolean canBeKey(ColumnType type) {
        return switch (MappingKind.of(type)) {
            case TEXT, DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            case NUMBER -> MappingKind.integral(type);
            case BOOLEAN, TIME, BYTES, LIST, MAP, STRUCT, UNKNOWN -> false;
        };
    }

    /** A tenant that was inherited is written far from its type, so the problem is told at the type. */
    private void checkTenant(Positioned tenant, String what, SourcePosition typePosition, TableSchema table) {
        boolean inherited = tenant.position().offset() < typePosition.offset();
        SourcePosition place = inherited ? typePosition : tenant.position();
        String prefix = "Tenant of " + what + ": ";
        List<String> found = MappingTypes.problemsOf(tenant.expression(), table);
        found.forEach(message -> problems.add(place, prefix + lower(message)));
        Optional<ColumnType> type = MappingTypes.typeOf(tenant.expression(), table);
        if (found.isEmpty() && type.isPresent() && type.get() != Primitive.STRING) {
            problems.add(
                    place,
                    prefix + "expected text, found " + MappingKind.describe(tenant.expression(), type)
                            + ". Use cast(... as string).");
        }
    }

    private static String lower(String message) {
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private void checkEnd(EdgeEnd end, TableSchema table) {
        switch (end) {
            case EdgeEnd.SameRow sameRow -> {}
            case EdgeEnd.ByKey byKey ->
                schema.vertexType(byKey.vertexType()).ifPresent(vertex -> {
                    Optional<TableSchema> vertexTable = lookUp(vertex.source().table());
                    for (int i = 0; i < byKey.key().size(); i++) {
                        Positioned key = byKey.key().get(i);
                        Positioned id = vertex.id().get(i);
                        Optional<ColumnType> found = check(key, table);
                        Optional<ColumnType> wanted =
                                vertexTable.flatMap(columns -> MappingTypes.typeOf(id.expression(), columns));
                        compare(
                                key,
                                found,
                                wanted,
                                "the id of vertex type '" + vertex.name() + "' is "
                                        + MappingKind.describe(id.expression(), wanted));
                    }
                });
        }
    }

    private void checkScope(EdgeType edge, TableSchema table) {
        edge.scope().ifPresent(scope -> {
            for (int i = 0; i < scope.key().size(); i++) {
                Positioned key = edge.scopeKey().get(i);
                String prefix = "Scope '" + scope.name() + "': ";
                boolean derived = isDerived(key);
                for (String message : MappingTypes.problemsOf(key.expression(), table)) {
                    if (!derived || !reportedForVertices.contains(message)) {
                        problems.add(key.position(), prefix + lower(message));
                    }
                }
                checkScopeOfEnd(key, scope.key().get(i), edge.from(), table);
                checkScopeOfEnd(key, scope.key().get(i), edge.to(), table);
            }
        });
    }

    private void checkScopeOfEnd(Positioned key, String name, EdgeEnd end, TableSchema table) {
        Optional<VertexType> vertex = schema.vertexType(end.vertexType());
        Optional<Positioned> property =
                vertex.map(type -> type.properties().get(name)).map(PropertyMapping::expression);
        Optional<TableSchema> vertexTable =
                vertex.flatMap(type -> lookUp(type.source().table()));
        if (property.isPresent() && vertexTable.isPresent()) {
            MappingExpression mapped = property.get().expression();
            Optional<ColumnType> wanted = MappingTypes.typeOf(mapped, vertexTable.get());
            compare(
                    key,
                    MappingTypes.typeOf(key.expression(), table),
                    wanted,
                    "property '" + name + "' of vertex type '" + end.vertexType() + "' is "
                            + MappingKind.describe(mapped, wanted));
        }
    }

    private void compare(Positioned key, Optional<ColumnType> found, Optional<ColumnType> wanted, String expectation) {
        if (found.isPresent() && wanted.isPresent() && !MappingKind.comparable(found.get(), wanted.get())) {
            problems.add(
                    key.position(),
                    "Found " + MappingKind.describe(key.expression(), found) + " on the edge, but " + expectation
                            + ", so they never match.");
        }
    }
}
