package io.spangraph.iceberg.parquet;

/** What the values of a column mean, as the file tells it; decides the unit and the sign of the decoded numbers. */
public sealed interface LogicalKind {
    /** The unit of times and timestamps. */
    enum Unit {
        MILLIS,
        MICROS,
        NANOS
    }

    /** Nothing beyond the physical type. */
    record None() implements LogicalKind {}

    /** UTF-8 text; also enums and JSON. */
    record Text() implements LogicalKind {}

    record Int(int bits, boolean signed) implements LogicalKind {}

    record Decimal(int precision, int scale) implements LogicalKind {}

    record Date() implements LogicalKind {}

    record Time(Unit unit, boolean utc) implements LogicalKind {}

    record Timestamp(Unit unit, boolean utc) implements LogicalKind {}

    record Uuid() implements LogicalKind {}

    /** One that Iceberg's flat columns do not have. */
    record Other(String name) implements LogicalKind {}
}
