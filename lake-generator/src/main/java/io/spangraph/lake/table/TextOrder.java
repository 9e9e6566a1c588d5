package io.spangraph.lake.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Orders text as Parquet and Iceberg do, by UTF-8 bytes; {@code String.compareTo} differs beyond the basic plane. */
final class TextOrder {

    static final Comparator<String> UTF_8 = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private TextOrder() {}
}
