package io.spangraph.model.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions that a mapping expression may call. The set is closed: a mapping is data, not a program. */
public enum MappingFunction {
    /** The first argument that is not null. */
    COALESCE(1, Integer.MAX_VALUE),
    /** Null when both arguments are equal, else the first. */
    NULLIF(2, 2),
    /** {@code json(text, '$.a.b')}: the value at a path of a JSON text; null when the text is not JSON or has no such path. */
    JSON(2, 2),
    /** A 64-bit hash of the argument's text as sixteen hexadecimal digits; null for null. */
    HASH(1, 1),
    LOWER(1, 1),
    UPPER(1, 1),
    /** {@code substr(text, start, length)}, one-based as in SQL. */
    SUBSTR(2, 3),
    /** The arguments as one text; null when one of them is null. */
    CONCAT(1, Integer.MAX_VALUE),
    /** {@code split(text, separator, index)}: the one-based part; null beyond the last. */
    SPLIT(3, 3),
    /** {@code regexp_extract(text, pattern, group)}; null when it does not match. */
    REGEXP_EXTRACT(2, 3),
    /** The nearest integer, halves away from zero. */
    ROUND(1, 1),
    /** The largest argument that is not null. */
    GREATEST(2, Integer.MAX_VALUE),
    /** The smallest argument that is not null. */
    LEAST(2, Integer.MAX_VALUE),
    /** Milliseconds since 1970 of a timestamp or date. */
    EPOCH_MS(1, 1),
    /** The UTC date of a timestamp or of milliseconds since 1970. */
    TO_DATE(1, 1);

    private final int minArguments;
    private final int maxArguments;

    MappingFunction(int minArguments, int maxArguments) {
        this.minArguments = minArguments;
        this.maxArguments = maxArguments;
    }

    public int minArguments() {
        return minArguments;
    }

    public int maxArguments() {
        return maxArguments;
    }

    /** The name as it is written in a mapping. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MappingFunction> named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.spelling().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(MappingFunction::spelling).toList();
    }
}
