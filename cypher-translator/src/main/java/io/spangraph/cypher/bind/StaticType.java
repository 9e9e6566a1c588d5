package io.spangraph.cypher.bind;

/** What is known about the value of an expression before the query runs. */
public enum StaticType {
    /** Nothing: a property, a parameter, an element of a list. */
    ANY("Any"),
    NULL("Null"),
    BOOLEAN("Boolean"),
    INTEGER("Integer"),
    FLOAT("Float"),
    /** An integer or a float. */
    NUMBER("Number"),
    STRING("String"),
    LIST("List<T>"),
    RELATIONSHIPS("List<Relationship>"),
    MAP("Map"),
    DATE("Date"),
    TIME("Time"),
    LOCAL_TIME("LocalTime"),
    LOCAL_DATE_TIME("LocalDateTime"),
    DATE_TIME("DateTime"),
    DURATION("Duration"),
    NODE("Node"),
    RELATIONSHIP("Relationship"),
    PATH("Path");

    private final String spelling;

    StaticType(String spelling) {
        this.spelling = spelling;
    }

    /** As error messages name it. */
    public String spelling() {
        return spelling;
    }

    /** True when a value of this type may be one of the other type. */
    boolean mayBe(StaticType other) {
        return this == other
                || this == ANY
                || this == NULL
                || other == ANY
                || this == NUMBER && (other == INTEGER || other == FLOAT)
                || other == NUMBER && (this == INTEGER || this == FLOAT)
                || other == FLOAT && this == INTEGER
                || this == RELATIONSHIPS && other == LIST;
    }

    /** A point in time or a duration. */
    boolean isTemporal() {
        return switch (this) {
            case DATE, TIME, LOCAL_TIME, LOCAL_DATE_TIME, DATE_TIME, DURATION -> true;
            case ANY, NULL, BOOLEAN, INTEGER, FLOAT, NUMBER, STRING, LIST, RELATIONSHIPS, MAP -> false;
            case NODE, RELATIONSHIP, PATH -> false;
        };
    }

    boolean isNumber() {
        return this == INTEGER || this == FLOAT || this == NUMBER;
    }

    /** True when no value of this type is equal to, or before, one of the other type. */
    boolean isNeverComparedWith(StaticType other) {
        boolean unknown = this == ANY || this == NULL || other == ANY || other == NULL;
        return !unknown && !mayBe(other) && !other.mayBe(this);
    }

    /** What a value is that is of one of two types. */
    StaticType or(StaticType other) {
        return this == other || other == NULL ? this : this == NULL ? other : ANY;
    }
}
