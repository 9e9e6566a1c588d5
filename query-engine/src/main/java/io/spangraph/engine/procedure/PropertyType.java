package io.spangraph.engine.procedure;

import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import java.util.Optional;

/**
 * The type of a property's values, under the names that clients compare with.
 *
 * @param schemaName as {@code db.schema.nodeTypeProperties} names it
 * @param metaName as {@code apoc.meta} names it
 */
record PropertyType(String schemaName, String metaName) {
    /** For values of which only a row tells the type, such as those inside a JSON text. */
    static final PropertyType ANY = new PropertyType("Any", "ANY");

    static PropertyType of(Optional<ColumnType> type) {
        return type.map(PropertyType::of).orElse(ANY);
    }

    private static PropertyType of(ColumnType type) {
        return switch (type) {
            case Primitive primitive -> of(primitive);
            case ColumnType.Decimal decimal -> new PropertyType("Double", "FLOAT");
            case ColumnType.ListOf(ColumnType element) ->
                new PropertyType(of(element).schemaName() + "Array", "LIST");
            case ColumnType.MapOf map -> new PropertyType("Map", "MAP");
            case ColumnType.Struct struct -> new PropertyType("Map", "MAP");
            case ColumnType.Unsupported unsupported -> ANY;
        };
    }

    private static PropertyType of(Primitive type) {
        return switch (type) {
            case BOOLEAN -> new PropertyType("Boolean", "BOOLEAN");
            case INT, LONG -> new PropertyType("Long", "INTEGER");
            case FLOAT, DOUBLE -> new PropertyType("Double", "FLOAT");
            case STRING, UUID -> new PropertyType("String", "STRING");
            case BINARY -> new PropertyType("ByteArray", "BYTES");
            case DATE -> new PropertyType("Date", "DATE");
            case TIME -> new PropertyType("LocalTime", "LOCAL_TIME");
            case TIMESTAMP -> new PropertyType("LocalDateTime", "LOCAL_DATE_TIME");
            case TIMESTAMPTZ -> new PropertyType("DateTime", "DATE_TIME");
        };
    }

    boolean isList() {
        return metaName.equals("LIST");
    }
}
