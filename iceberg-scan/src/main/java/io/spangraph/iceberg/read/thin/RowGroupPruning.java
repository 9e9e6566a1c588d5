package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.BloomFilter;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.PageIndex;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.read.columns.Bounds;
import io.spangraph.iceberg.read.columns.ChunkStatistics;
import io.spangraph.iceberg.read.columns.ColumnFilter;
import io.spangraph.iceberg.read.columns.DictionaryTests;
import io.spangraph.iceberg.read.columns.StoredForm;
import io.spangraph.iceberg.read.columns.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is left of a row group, found by the cheapest means first: statistics of the footer, dictionaries that are kept, one
 * block of a bloom filter, bounds of pages, and at last dictionaries that have to be read anyway.
 */
final class RowGroupPruning {
    /** More keys than this would read a large part of a bloom filter. */
    private static final int MAX_KEYS_TO_PROBE = 32;

    private final RowGroupColumns columns;

    /**
     * What is to be read.
     *
     * @param open the conditions that are still to be tested, the most selective first
     */
    record Left(RowRanges rows, List<ColumnFilter> open) {
        static final Left NOTHING = new Left(RowRanges.empty(), List.of());
    }

    RowGroupPruning(RowGroupColumns columns) {
        this.columns = columns;
    }

    Left prune() {
        RowRanges rows = columns.file().wanted(columns.group());
        if (rows.isEmpty()) {
            return Left.NOTHING;
        }
        List<ColumnFilter> open = new ArrayList<>();
        for (ColumnFilter condition : columns.file().filter().conjuncts()) {
            switch (condition.verdict(this::ofChunk)) {
                case NONE -> {
                    return Left.NOTHING;
                }
                case SOME -> open.add(condition);
                case ALL -> {}
            }
        }
        KeyLookup keys = new KeyLookup(columns);
        for (ColumnFilter condition : open) {
            rows = keys.narrowByKept(condition, rows);
        }
        if (rows.isEmpty()
                || isRuledOut(open, this::mayHoldByKeptDictionary)
                || isRuledOut(open, this::mayHoldByBloom)) {
            return Left.NOTHING;
        }
        if (!open.isEmpty() || rows.rowCount() < columns.group().rows()) {
            columns.loadPageIndexes();
        }
        for (ColumnFilter condition : open) {
            rows = rows.and(ofPages(condition));
        }
        if (rows.isEmpty() || isRuledOut(open, this::mayHoldByDictionary)) {
            return Left.NOTHING;
        }
        for (ColumnFilter condition : open) {
            rows = keys.narrow(condition, rows);
        }
        if (rows.isEmpty()) {
            return Left.NOTHING;
        }
        open.sort(Comparator.comparingInt(ColumnFilter::rank));
        return new Left(rows, open);
    }

    private static boolean isRuledOut(List<ColumnFilter> conditions, Predicate<ColumnFilter.Test> mayHold) {
        return conditions.stream().anyMatch(condition -> condition.isRuledOut(mayHold));
    }

    private Bounds ofChunk(int column) {
        return ChunkStatistics.ofChunk(columns.storedForm(column), columns.chunk(column));
    }

    /** The rows of the pages that can hold a wanted one. */
    private RowRanges ofPages(ColumnFilter condition) {
        return switch (condition) {
            case ColumnFilter.All all -> RowRanges.all(columns.group().rows());
            case ColumnFilter.Nothing nothing -> RowRanges.empty();
            case ColumnFilter.And(List<ColumnFilter> operands) ->
                operands.stream()
                        .map(this::ofPages)
                        .reduce(RowRanges.all(columns.group().rows()), RowRanges::and);
            case ColumnFilter.Or(List<ColumnFilter> operands) ->
                operands.stream().map(this::ofPages).reduce(RowRanges.empty(), RowRanges::or);
            case ColumnFilter.Test test -> {
                Optional<PageIndex> index = columns.pageIndex(test.column());
                StoredForm form = columns.storedForm(test.column());
                yield index.isEmpty()
                        ? RowRanges.all(columns.group().rows())
                        : index.get()
                                .rowsOf(page -> test.test().verdict(ChunkStatistics.ofPage(form, index.get(), page))
                                        != Verdict.NONE);
            }
        };
    }

    private boolean mayHoldByKeptDictionary(ColumnFilter.Test test) {
        ColumnChunk chunk = columns.chunk(test.column());
        return !test.test().isKeys()
                || !chunk.allDictionary()
                || columns.parts()
                        .keptDictionary(chunk)
                        .map(dictionary -> mayHold(test, dictionary))
                        .orElse(true);
    }

    private boolean mayHoldByDictionary(ColumnFilter.Test test) {
        ColumnChunk chunk = columns.chunk(test.column());
        return !test.test().isKeys()
                || !chunk.allDictionary()
                || columns.source(test.column()).isKept()
                || columns.dictionary(test.column())
                        .map(dictionary -> mayHold(test, dictionary))
                        .orElse(true);
    }

    private boolean mayHold(ColumnFilter.Test test, Dictionary dictionary) {
        return DictionaryTests.mayHold(columns.storedForm(test.column()), test.test(), dictionary);
    }

    private boolean mayHoldByBloom(ColumnFilter.Test test) {
        ColumnChunk chunk = columns.chunk(test.column());
        if (!test.test().isKeys() || !chunk.hasBloom()) {
            return true;
        }
        Optional<List<byte[]>> keys = columns.storedForm(test.column()).storedKeys(test.test());
        if (keys.isEmpty() || keys.get().size() > MAX_KEYS_TO_PROBE) {
            return true;
        }
        Optional<BloomFilter> bloom = columns.parts().bloom(columns.storage(), chunk);
        return bloom.isEmpty()
                || bloom.get()
                        .mightContainAny(
                                columns.storage(), keys.get(), columns.storage().coalescedGap());
    }
}
