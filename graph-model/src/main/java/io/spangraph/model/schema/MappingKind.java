package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.CastType;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Decimal;
import io.spangraph.model.table.ColumnType.ListOf;
import io.spangraph.model.table.ColumnType.MapOf;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.ColumnType.Struct;
import io.spangraph.model.table.ColumnType.Unsupported;
import io.spangraph.model.value.Value;
import java.util.Optional;
import java.util.Set;

/** Column types as an author of a mapping thinks of them: types of one kind compare with each other. */
enum MappingKind {
    NUMBER("a number"),
    TEXT("text"),
    BOOLEAN("a boolean"),
    DATE("a date"),
    TIME("a time"),
    TIMESTAMP("a timestamp without zone"),
    TIMESTAMPTZ("a timestamp with zone"),
    BYTES("bytes"),
    LIST("a list"),
    MAP("a map"),
    STRUCT("a struct"),
    UNKNOWN("of a type that cannot be read");

    private static final Set<MappingKind> COMPARABLE =
            Set.of(NUMBER, TEXT, BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMPTZ);

    private final String title;

    MappingKind(String title) {
        this.title = title;
    }

    /** With its article, as it stands in a message. */
    String title() {
        return title;
    }

    static MappingKind of(ColumnType type) {
        return switch (type) {
            case Primitive primitive ->
                switch (primitive) {
                    case INT, LONG, FLOAT, DOUBLE -> NUMBER;
                    case STRING, UUID -> TEXT;
                    case BOOLEAN -> BOOLEAN;
                    case DATE -> DATE;
                    case TIME -> TIME;
                    case TIMESTAMP -> TIMESTAMP;
                    case TIMESTAMPTZ -> TIMESTAMPTZ;
                    case BINARY -> BYTES;
                };
            case Decimal decimal -> NUMBER;
            case ListOf list -> LIST;
            case MapOf map -> MAP;
            case Struct struct -> STRUCT;
            case Unsupported unsupported -> UNKNOWN;
        };
    }

    static MappingKind of(Value value) {
        return switch (value) {
            case Value.IntegerValue number -> NUMBER;
            case Value.FloatValue number -> NUMBER;
            case Value.StringValue text -> TEXT;
            case Value.BooleanValue flag -> BOOLEAN;
            case Value.DateValue date -> DATE;
            case Value.LocalTimeValue time -> TIME;
            case Value.TimeValue time -> TIME;
            case Value.LocalDateTimeValue time -> TIMESTAMP;
            case Value.DateTimeValue time -> TIMESTAMPTZ;
            case Value.BytesValue bytes -> BYTES;
            case Value.ListValue list -> LIST;
            case Value.MapValue map -> MAP;
            case Value.NullValue nothing -> UNKNOWN;
            case Value.DurationValue duration -> UNKNOWN;
            case Value.NodeValue node -> UNKNOWN;
            case Value.RelationshipValue relationship -> UNKNOWN;
            case Value.PathValue path -> UNKNOWN;
        };
    }

    static boolean comparable(ColumnType left, ColumnType right) {
        return of(left) == of(right) && COMPARABLE.contains(of(left));
    }

    /** The type that holds numbers of both types: long for integers, double for all else. */
    static ColumnType wider(ColumnType left, ColumnType right) {
        return integral(left) && integral(right) ? Primitive.LONG : Primitive.DOUBLE;
    }

    static boolean integral(ColumnType type) {
        return type == Primitive.INT || type == Primitive.LONG;
    }

    boolean castsTo(CastType target) {
        return switch (target) {
            case LONG, BOOLEAN -> this == NUMBER || this == TEXT || this == BOOLEAN;
            case DOUBLE -> this == NUMBER || this == TEXT;
            case STRING -> COMPARABLE.contains(this);
            case DATE -> this == TEXT || this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
        };
    }

    /** An expression with what it is: {@code has_error (a number)}. */
    static String describe(MappingExpression expression, Optional<ColumnType> type) {
        String text = SchemaProblem.excerpt(MappingExpressions.render(expression));
        return type.map(found -> text + " (" + of(found).title + ")").orElse(text);
    }
}
