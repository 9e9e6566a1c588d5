package io.spangraph.engine.spi;

import java.util.List;

/**
 * What a query wants to know of the rows of a scan without seeing them. A row counts when it satisfies the scan's pin and
 * predicate and is null in none of the required columns.
 *
 * @param facts to be answered all or none for a part of the scan
 */
public record MetadataQuestion(List<Fact> facts, List<String> required) {
    public MetadataQuestion {
        facts = List.copyOf(facts);
        required = List.copyOf(required);
    }

    /** A number or value of all rows together. */
    public sealed interface Fact {
        /** How many there are. */
        record Rows() implements Fact {}

        /** How many are not null in a column. */
        record NotNull(String column) implements Fact {}

        /** The least value of a column by the order of ORDER BY; null if all are null. */
        record Least(String column) implements Fact {}

        /** The greatest value of a column. */
        record Greatest(String column) implements Fact {}
    }
}
