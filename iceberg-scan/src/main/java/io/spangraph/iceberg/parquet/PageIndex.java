package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.ColumnChunk.Stretch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/** Where the pages of a chunk lie, which rows they hold and, if the writer left it, which values; lets a reader jump. */
public final class PageIndex {
    /** How the bounds of the pages follow each other. */
    public enum Order {
        UNORDERED,
        ASCENDING,
        DESCENDING
    }

    /** Gap between two indexes up to which one read fetches both. */
    private static final long COALESCED_GAP = 1 << 20;

    private final ColumnChunk chunk;
    private final long[] firstRows;
    private final long[] offsets;
    private final int[] sizes;
    private final @Nullable Values values;

    /** What the column index says. */
    private record Values(
            boolean[] allNull, byte[][] min, byte[][] max, long @Nullable [] nulls, Order order, boolean bounded) {}

    private PageIndex(ColumnChunk chunk, long[] firstRows, long[] offsets, int[] sizes, @Nullable Values values) {
        this.chunk = chunk;
        this.firstRows = firstRows;
        this.offsets = offsets;
        this.sizes = sizes;
        this.values = values;
    }

    /** Reads the indexes of some chunks in few reads; chunks without one are absent from the result. */
    public static Map<ColumnChunk, PageIndex> read(RangeReader file, Collection<ColumnChunk> chunks) {
        List<ColumnChunk> indexed =
                chunks.stream().filter(ColumnChunk::hasPageIndex).toList();
        Stretches bytes = Stretches.read(
                file,
                indexed.stream()
                        .flatMap(chunk -> Stream.of(chunk.offsetIndex(), chunk.columnIndex()))
                        .filter(Stretch::exists)
                        .toList(),
                COALESCED_GAP);
        Map<ColumnChunk, PageIndex> indexes = new HashMap<>();
        indexed.forEach(chunk -> indexes.put(chunk, parse(file, chunk, bytes)));
        return indexes;
    }

    private static PageIndex parse(RangeReader file, ColumnChunk chunk, Stretches bytes) {
        Stretch stretch = chunk.offsetIndex();
        OffsetIndex offsetIndex = new OffsetIndex();
        bytes.parse(offsetIndex, stretch);
        List<PageLocation> locations = offsetIndex.getPage_locations();
        int pages = locations.size();
        if (pages == 0 && chunk.rows() > 0) {
            throw new ParquetDamage(file, stretch.start(), "the offset index of " + chunk + " has no pages");
        }
        long[] firstRows = new long[pages];
        long[] offsets = new long[pages];
        int[] sizes = new int[pages];
        for (int page = 0; page < pages; page++) {
            PageLocation location = locations.get(page);
            firstRows[page] = location.getFirst_row_index();
            offsets[page] = location.getOffset();
            sizes[page] = location.getCompressed_page_size();
            boolean rowsAscend = page == 0 ? firstRows[0] == 0 : firstRows[page] > firstRows[page - 1];
            long earliest = page == 0 ? chunk.firstDataPage() : offsets[page - 1] + sizes[page - 1];
            if (!rowsAscend
                    || firstRows[page] >= chunk.rows()
                    || offsets[page] < earliest
                    || sizes[page] <= 0
                    || offsets[page] > chunk.pages().end() - sizes[page]) {
                throw new ParquetDamage(
                        file,
                        stretch.start(),
                        "the offset index of " + chunk + " claims that page " + page + " lies at " + offsets[page]
                                + ", " + sizes[page] + " bytes long, from row " + firstRows[page] + " on");
            }
        }
        PageIndex index = new PageIndex(chunk, firstRows, offsets, sizes, values(file, chunk, bytes, pages));
        index.checkNulls(file);
        return index;
    }

    /** A page wrongly marked as all null would hide its values. */
    private void checkNulls(RangeReader file) {
        if (values == null || values.nulls() == null || !chunk.leaf().flat()) {
            return;
        }
        long sum = 0;
        for (int page = 0; page < pages(); page++) {
            long nulls = values.nulls()[page];
            long rows = endRow(page) - firstRow(page);
            if (nulls < 0 || nulls > rows || values.allNull()[page] && nulls < rows) {
                throw new ParquetDamage(
                        file,
                        chunk.columnIndex().start(),
                        "page " + page + " of " + chunk + " claims " + nulls + " nulls in " + rows + " rows"
                                + (values.allNull()[page] ? ", and only nulls" : ""));
            }
            sum += nulls;
        }
        if (chunk.nulls().isPresent() && chunk.nulls().getAsLong() != sum) {
            throw new ParquetDamage(
                    file,
                    chunk.columnIndex().start(),
                    "the pages of " + chunk + " claim " + sum + " nulls, the footer "
                            + chunk.nulls().getAsLong());
        }
    }

    private static @Nullable Values values(RangeReader file, ColumnChunk chunk, Stretches bytes, int pages) {
        Stretch stretch = chunk.columnIndex();
        if (!stretch.exists()) {
            return null;
        }
        ColumnIndex index = new ColumnIndex();
        bytes.parse(index, stretch);
        if (index.getNull_pages().size() != pages
                || index.getMin_values().size() != pages
                || index.getMax_values().size() != pages
                || index.isSetNull_counts() && index.getNull_counts().size() != pages) {
            throw new ParquetDamage(
                    file,
                    stretch.start(),
                    "the column index of " + chunk + " has another number of pages than " + pages);
        }
        boolean[] allNull = new boolean[pages];
        byte[][] min = new byte[pages][];
        byte[][] max = new byte[pages][];
        boolean bounded = chunk.leaf().physical() != PhysicalType.INT96;
        for (int page = 0; page < pages; page++) {
            allNull[page] = index.getNull_pages().get(page);
            min[page] = bytes(index.getMin_values().get(page));
            max[page] = bytes(index.getMax_values().get(page));
            bounded &=
                    allNull[page] || Bounds.usable(chunk.leaf(), min[page]) && Bounds.usable(chunk.leaf(), max[page]);
        }
        Order order = order(index.getBoundary_order());
        if (bounded) {
            checkBounds(file, chunk, allNull, min, max, order);
        }
        long[] nulls = index.isSetNull_counts()
                ? index.getNull_counts().stream().mapToLong(Long::longValue).toArray()
                : null;
        return new Values(allNull, min, max, nulls, order, bounded);
    }

    /** No checksum covers the index: what can be found of a damage is bounds that contradict each other or the chunk's. */
    private static void checkBounds(
            RangeReader file, ColumnChunk chunk, boolean[] allNull, byte[][] min, byte[][] max, Order order) {
        Leaf leaf = chunk.leaf();
        Optional<ChunkBounds> whole = chunk.bounds().filter(bounds -> bounds.exact() && !leaf.binary());
        int previous = -1;
        for (int page = 0; page < min.length; page++) {
            if (allNull[page]) {
                continue;
            }
            byte[] low = min[page];
            byte[] high = max[page];
            boolean wrong = Bounds.above(leaf, low, high)
                    || whole.isPresent()
                            && (Bounds.above(leaf, whole.get().min(), low)
                                    || Bounds.above(leaf, high, whole.get().max()));
            if (previous >= 0) {
                wrong |= switch (order) {
                    case UNORDERED -> false;
                    case ASCENDING -> Bounds.above(leaf, min[previous], low) || Bounds.above(leaf, max[previous], high);
                    case DESCENDING ->
                        Bounds.above(leaf, low, min[previous]) || Bounds.above(leaf, high, max[previous]);
                };
            }
            if (wrong) {
                throw new ParquetDamage(
                        file,
                        chunk.columnIndex().start(),
                        "the bounds of page " + page + " of " + chunk + " contradict others");
            }
            previous = page;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Order order(BoundaryOrder order) {
        return switch (order) {
            case UNORDERED -> Order.UNORDERED;
            case ASCENDING -> Order.ASCENDING;
            case DESCENDING -> Order.DESCENDING;
        };
    }

    public int pages() {
        return firstRows.length;
    }

    /** Of the row group. */
    public long firstRow(int page) {
        return firstRows[page];
    }

    /** The row behind the last one. */
    public long endRow(int page) {
        return page + 1 < firstRows.length ? firstRows[page + 1] : chunk.rows();
    }

    /** Position in the file of the page's header. */
    long offset(int page) {
        return offsets[page];
    }

    /** Bytes of header and page. */
    public int size(int page) {
        return sizes[page];
    }

    /** Whether {@link #min} and {@link #max} are there for all pages that are not {@link #allNull}. */
    public boolean bounded() {
        return values != null && values.bounded();
    }

    /** In plain encoding, maybe shortened; NaN does not count. */
    public Optional<byte[]> min(int page) {
        return values != null && values.bounded() && !values.allNull()[page]
                ? Optional.of(values.min()[page])
                : Optional.empty();
    }

    /** In plain encoding, maybe shortened but never below a value; NaN does not count. */
    public Optional<byte[]> max(int page) {
        return values != null && values.bounded() && !values.allNull()[page]
                ? Optional.of(values.max()[page])
                : Optional.empty();
    }

    /** Whether the page is known to hold nothing but nulls. */
    public boolean allNull(int page) {
        return values != null && values.allNull()[page];
    }

    public OptionalLong nulls(int page) {
        return values != null && values.nulls() != null ? OptionalLong.of(values.nulls()[page]) : OptionalLong.empty();
    }

    public Order order() {
        return values == null ? Order.UNORDERED : values.order();
    }

    /** The page that holds a row. */
    int pageAt(long row) {
        int found = Arrays.binarySearch(firstRows, row);
        return found >= 0 ? found : -found - 2;
    }

    /** The rows of the pages that pass. */
    public RowRanges rowsOf(IntPredicate pages) {
        RowRanges.Builder rows = RowRanges.builder();
        for (int page = 0; page < pages(); page++) {
            if (pages.test(page)) {
                rows.add(firstRow(page), endRow(page));
            }
        }
        return rows.build();
    }

    /** About what this takes in memory. */
    public long heapBytes() {
        long bytes = 128 + 20L * firstRows.length;
        if (values != null) {
            for (int page = 0; page < pages(); page++) {
                bytes += 49L + values.min()[page].length + values.max()[page].length;
            }
        }
        return bytes;
    }
}
