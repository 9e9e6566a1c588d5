package io.spangraph.engine.testkit;

import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.MappingExpressions;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.RowSource.TableRows;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A small random mapping and the tables behind it: several vertex types for a label and none for others, composite keys,
 * edges on vertex rows and in tables of their own, scopes, trust, public types, sources with conditions, and rows that
 * are repeated, orphaned, cyclic, without keys or scopes, or missing altogether.
 */
public final class RandomGraph {
    private static final SourcePosition NOWHERE = SourcePosition.START;
    private static final List<String> LABELS = List.of("A", "B", "C");
    private static final List<String> EDGE_NAMES = List.of("R", "S", "T");
    private static final int KEYS = 3;
    /** Of edges from children to parents inside of scopes, which are the only ones of their name. */
    static final String PARENT = "P";

    static final List<String> TENANTS = List.of("t1", "t2");
    static final List<String> SCOPES = List.of("p", "q");
    static final List<String> WORDS = List.of("m", "mn", "n");

    private final Random random;
    private final boolean withParents;
    private final boolean numericKeys;
    private final Tenancy tenancy;
    private final Scope scope;
    private final List<VertexType> vertexTypes = new ArrayList<>();
    private final List<EdgeType> edgeTypes = new ArrayList<>();
    private final Map<TableName, ReferenceTable> tables = new LinkedHashMap<>();

    /** @param withParents whether one type has edges to its own rows inside of scopes, for walks */
    public RandomGraph(Random random, boolean withParents) {
        this.random = random;
        this.withParents = withParents;
        this.numericKeys = chance(25);
        this.tenancy = chance(20) ? Tenancy.SINGLE : Tenancy.ENFORCED;
        this.scope = new Scope(
                "together", chance(50) && tenancy == Tenancy.ENFORCED ? List.of("tenant", "s") : List.of("s"));
        int types = 2 + random.nextInt(3);
        for (int i = 0; i < types; i++) {
            vertexTypes.add(vertexType(i));
        }
        int edges = 2 + random.nextInt(3);
        for (int i = 0; i < edges; i++) {
            EdgeType type = edgeType(i);
            boolean known =
                    edgeTypes.stream().anyMatch(other -> other.identifier().equals(type.identifier()));
            if (!known) {
                edgeTypes.add(type);
            }
        }
        if (withParents) {
            parentsInScopes(vertexTypes.getFirst()).ifPresent(edgeTypes::add);
        }
    }

    public GraphSchema schema() {
        return new GraphSchema("random", Map.of(), Map.of(scope.name(), scope), tenancy, vertexTypes, edgeTypes);
    }

    public Map<TableName, ReferenceTable> tables() {
        return tables;
    }

    /** A key value as rows have them. */
    Value key() {
        return key(KEYS);
    }

    private Value key(int keys) {
        int number = random.nextInt(keys);
        return numericKeys ? Value.of((long) number) : Value.of("k" + number);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private VertexType vertexType(int number) {
        // Now and then two types share a table.
        Optional<VertexType> twin = number > 0 && chance(20) ? Optional.of(oneOf(vertexTypes)) : Optional.empty();
        boolean isPublic = twin.map(VertexType::isPublic)
                .orElse(tenancy == Tenancy.ENFORCED && chance(15) && !(withParents && number == 0));
        boolean composite = twin.map(other -> other.id().size() == 2).orElse(chance(30));
        boolean unique = twin.map(VertexType::unique).orElse(chance(80));
        TableName table = twin.map(other -> other.source().table())
                .orElseGet(() -> addVertexTable("v" + number, isPublic, composite, unique));
        Map<String, PropertyMapping> properties = new LinkedHashMap<>();
        put(properties, "id", column("k1"), false);
        if (composite) {
            put(properties, "id2", column("k2"), false);
        }
        if (owned(isPublic)) {
            put(properties, "tenant", column("tenant"), false);
        }
        put(properties, "s", column("s"), false);
        if (chance(70)) {
            put(properties, "x", column("x"), false);
        }
        if (chance(70)) {
            put(properties, "y", column("y"), false);
        }
        if (chance(50)) {
            put(properties, "big", column("y"), true);
        }
        if (chance(30)) {
            put(properties, "f", column("f1"), false);
        }
        return new VertexType(
                "V" + number,
                withParents && number == 0 ? Set.of(oneOf(LABELS), "Own") : labels(),
                new TableRows(table, chance(25) ? Optional.of(condition()) : Optional.empty()),
                composite ? List.of(column("k1"), column("k2")) : List.of(column("k1")),
                chance(30),
                unique,
                owned(isPublic) ? Optional.of(column("tenant")) : Optional.empty(),
                isPublic,
                properties,
                NOWHERE);
    }

    private boolean owned(boolean isPublic) {
        return tenancy == Tenancy.ENFORCED && !isPublic;
    }

    private Set<String> labels() {
        if (chance(15)) {
            return Set.of();
        }
        return chance(25) ? Set.of("A", "B") : Set.of(oneOf(LABELS));
    }

    private Positioned condition() {
        return positioned(new Binary(BinaryOperator.LESS, new ColumnPath("x", List.of()), new Constant(Value.of(3L))));
    }

    private EdgeType edgeType(int number) {
        VertexType from = oneOf(vertexTypes);
        // Edges inside a table are as common as those between tables, and often those of a scope.
        boolean inside = chance(50);
        VertexType to = inside ? from : oneOf(vertexTypes);
        int kind = inside ? random.nextInt(2) : random.nextInt(3);
        VertexType owner = kind == 0 ? from : to;
        boolean ownTable = kind == 2;
        boolean fromOwned = from.tenant().isPresent();
        boolean toOwned = to.tenant().isPresent();
        boolean owned = ownTable
                ? tenancy == Tenancy.ENFORCED && (fromOwned || toOwned || chance(50))
                : owner.tenant().isPresent();
        TableName table =
                ownTable ? addEdgeTable("e" + number, owned) : owner.source().table();
        EdgeEnd fromEnd = kind == 0
                ? new EdgeEnd.SameRow(from.name())
                : new EdgeEnd.ByKey(from.name(), keyColumns(ownTable ? "a" : "f", from));
        EdgeEnd toEnd = kind == 1
                ? new EdgeEnd.SameRow(to.name())
                : new EdgeEnd.ByKey(to.name(), keyColumns(ownTable ? "b" : "f", to));
        Optional<Positioned> where = ownTable ? Optional.of(condition()).filter(any -> chance(20)) : conditionOf(owner);
        boolean inScope = chance(inside ? 70 : 45) && (scope.key().size() == 1 || (owned && fromOwned && toOwned));
        boolean mayTrust = isTrustworthy(fromEnd, from, owned) && isTrustworthy(toEnd, to, owned);
        Map<String, PropertyMapping> properties = new LinkedHashMap<>();
        put(properties, "w", column("x"), false);
        if (chance(40)) {
            put(properties, "s", column("s"), false);
        }
        if (chance(40)) {
            put(properties, "big", column("y"), true);
        }
        return new EdgeType(
                oneOf(EDGE_NAMES),
                new TableRows(table, where),
                fromEnd,
                toEnd,
                ownTable && chance(50) ? Optional.of(List.of(column("eid"))) : Optional.empty(),
                owned ? Optional.of(column("tenant")) : Optional.empty(),
                inScope ? Optional.of(scope) : Optional.empty(),
                inScope ? scope.key().stream().map(this::column).toList() : List.of(),
                mayTrust && chance(inside ? 35 : 75),
                properties,
                NOWHERE);
    }

    /** An edge type of which walks stay inside scopes; its edges may be told by the keys of their vertices. */
    private Optional<EdgeType> parentsInScopes(VertexType type) {
        boolean owned = type.tenant().isPresent();
        if (scope.key().size() > 1 && !owned) {
            return Optional.empty();
        }
        EdgeEnd row = new EdgeEnd.SameRow(type.name());
        EdgeEnd key = new EdgeEnd.ByKey(type.name(), keyColumns("f", type));
        boolean up = chance(60);
        Map<String, PropertyMapping> properties = new LinkedHashMap<>();
        put(properties, "w", column("x"), false);
        return Optional.of(new EdgeType(
                PARENT,
                new TableRows(type.source().table(), conditionOf(type)),
                up ? row : key,
                up ? key : row,
                chance(40) ? Optional.of(type.id()) : Optional.empty(),
                owned ? Optional.of(column("tenant")) : Optional.empty(),
                Optional.of(scope),
                scope.key().stream().map(this::column).toList(),
                false,
                properties,
                NOWHERE));
    }

    private Optional<Positioned> conditionOf(VertexType owner) {
        Optional<Positioned> own = ((TableRows) owner.source()).where();
        return own.isPresent() || chance(80) ? own : Optional.of(condition());
    }

    /** A trusted vertex is any that an edge names, and its owner is the edge's. */
    private static boolean isTrustworthy(EdgeEnd end, VertexType type, boolean ownedEdge) {
        boolean everyRow = ((TableRows) type.source()).where().isEmpty();
        return end instanceof EdgeEnd.SameRow
                || (everyRow && (ownedEdge || type.tenant().isEmpty()));
    }

    private List<Positioned> keyColumns(String prefix, VertexType type) {
        // Now and then the scope's column is the key, or a part of it.
        Positioned first = chance(10) ? column("k1") : column(prefix + "1");
        return type.id().size() == 1 ? List.of(first) : List.of(first, column(prefix + "2"));
    }

    private void put(Map<String, PropertyMapping> properties, String name, Positioned expression, boolean lazy) {
        properties.put(name, new PropertyMapping(name, expression, lazy));
    }

    private Positioned column(String name) {
        return positioned(new ColumnPath(name, List.of()));
    }

    private static Positioned positioned(MappingExpression expression) {
        return new Positioned(expression, MappingExpressions.render(expression), NOWHERE);
    }

    private TableName addVertexTable(String name, boolean isPublic, boolean composite, boolean unique) {
        List<Map<String, Value>> rows = new ArrayList<>();
        int count = chance(4) ? 0 : 3 + random.nextInt(unique ? 8 : 5);
        Map<List<Value>, Map<String, Value>> byIdentity = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Map<String, Value> row = new HashMap<>();
            row.put("tenant", Value.of(oneOf(TENANTS)));
            // Some keys are nobody's foreign key, so that several rows can name one of the others.
            putUnless(3, row, "k1", key(unique ? 5 : KEYS));
            putUnless(3, row, "k2", key());
            putUnless(6, row, "f1", key());
            putUnless(6, row, "f2", key());
            putCommon(row);
            // Rows of one identity are copies of each other: which of them stands for a group is anyone's choice.
            List<Value> identity = new ArrayList<>();
            identity.add(isPublic || tenancy == Tenancy.SINGLE ? Value.NULL : row.get("tenant"));
            identity.add(row.getOrDefault("k1", Value.NULL));
            identity.add(composite ? row.getOrDefault("k2", Value.NULL) : Value.NULL);
            if (!byIdentity.containsKey(identity) || !unique && chance(60)) {
                rows.add(byIdentity.computeIfAbsent(identity, any -> row));
            }
        }
        return add(name, rows, List.of("k1", "k2", "f1", "f2"));
    }

    private TableName addEdgeTable(String name, boolean owned) {
        List<Map<String, Value>> rows = new ArrayList<>();
        int count = chance(4) ? 0 : 4 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            if (!rows.isEmpty() && chance(15)) {
                rows.add(oneOf(rows));
                continue;
            }
            Map<String, Value> row = new HashMap<>();
            row.put("tenant", Value.of(owned ? oneOf(TENANTS) : "t1"));
            row.put("eid", Value.of((long) i));
            for (String column : List.of("k1", "a1", "a2", "b1", "b2")) {
                putUnless(3, row, column, key());
            }
            putCommon(row);
            rows.add(row);
        }
        return add(name, rows, List.of("k1", "a1", "a2", "b1", "b2"));
    }

    private void putCommon(Map<String, Value> row) {
        putUnless(5, row, "s", Value.of(oneOf(SCOPES)));
        putUnless(15, row, "x", Value.of((long) random.nextInt(4)));
        putUnless(15, row, "y", Value.of(oneOf(WORDS)));
    }

    private void putUnless(int percent, Map<String, Value> row, String column, Value value) {
        if (!chance(percent)) {
            row.put(column, value);
        }
    }

    private TableName add(String name, List<Map<String, Value>> rows, List<String> keyColumns) {
        TableName table = new TableName("lake", List.of("db"), name);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("tenant", Primitive.STRING, true));
        columns.add(new Column("eid", Primitive.LONG, false));
        keyColumns.forEach(key -> columns.add(new Column(key, numericKeys ? Primitive.LONG : Primitive.STRING, false)));
        columns.add(new Column("s", Primitive.STRING, false));
        columns.add(new Column("x", Primitive.LONG, false));
        columns.add(new Column("y", Primitive.STRING, false));
        tables.put(table, new ReferenceTable(new TableSchema(table, columns), rows, 1 + random.nextInt(3)));
        return table;
    }
}
