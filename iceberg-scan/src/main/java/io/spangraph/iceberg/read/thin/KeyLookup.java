package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.cache.KeyHash;
import io.spangraph.iceberg.cache.KeyIndex;
import io.spangraph.iceberg.cache.KeyIndexes;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.read.columns.ColumnFilter;
import io.spangraph.iceberg.read.columns.StoredForm;
import java.util.List;
import java.util.Optional;

/** Finds the rows of few keys by the index of their column, where a whole chunk would have to be read otherwise. */
final class KeyLookup {
    private static final int MAX_KEYS = 64;
    /** Values that repeat more often are no keys: an index of tenants would name most rows. */
    private static final int MAX_ROWS_PER_KEY = 1024;
    /** Of the row group: fewer rows are read as they are. */
    private static final int WORTH_PART = 4;

    private final RowGroupColumns columns;

    KeyLookup(RowGroupColumns columns) {
        this.columns = columns;
    }

    /** As {@link #narrow}, if the index is there: then it is the cheapest of all means. */
    RowRanges narrowByKept(ColumnFilter condition, RowRanges left) {
        if (!(condition instanceof ColumnFilter.Test test) || !test.test().isKeys()) {
            return left;
        }
        StoredForm form = columns.storedForm(test.column());
        return columns.parts()
                .keptKeyIndex(form.leaf())
                .map(index -> candidates(index, form, test, left))
                .orElse(left);
    }

    /** The rows that may satisfy the condition, of those that are left. */
    RowRanges narrow(ColumnFilter condition, RowRanges left) {
        if (!(condition instanceof ColumnFilter.Test test)
                || left.rowCount() * WORTH_PART < columns.group().rows()
                || columns.source(test.column()).isKept()
                || !isSelective(test)) {
            return left;
        }
        StoredForm form = columns.storedForm(test.column());
        if (!hasFewKeys(form, test)) {
            return left;
        }
        return columns.keyIndex(test.column())
                .map(index -> candidates(index, form, test, left))
                .orElse(left);
    }

    private static boolean hasFewKeys(StoredForm form, ColumnFilter.Test test) {
        return form.storedKeys(test.test())
                .filter(keys -> keys.size() <= MAX_KEYS)
                .isPresent();
    }

    private RowRanges candidates(KeyIndex index, StoredForm form, ColumnFilter.Test test, RowRanges left) {
        Optional<List<byte[]>> keys = form.storedKeys(test.test()).filter(few -> few.size() <= MAX_KEYS);
        return keys.isEmpty() ? left : left.and(index.candidates(hashes(index, form, keys.get()), columns.group()));
    }

    private boolean isSelective(ColumnFilter.Test test) {
        ColumnChunk chunk = columns.chunk(test.column());
        return test.test().isKeys()
                && KeyIndexes.canIndex(chunk.leaf())
                && (!chunk.allDictionary()
                        || columns.dictionary(test.column())
                                .map(dictionary -> chunk.rows() / Math.max(1, dictionary.size()) <= MAX_ROWS_PER_KEY)
                                .orElse(false));
    }

    private static long[] hashes(KeyIndex index, StoredForm form, List<byte[]> keys) {
        KeyHash hash = index.hash();
        return keys.stream()
                .mapToLong(key -> form.isBinary() ? hash.of(key, 0, key.length) : hash.of(form.wholeNumber(key)))
                .toArray();
    }
}
