package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.PageHeads.Head;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows of one chunk, window by window from its start to its end. A page is read and decoded at most once, however
 * many windows and ranges touch it, and only some megabytes of the chunk are in memory at a time.
 */
public final class ChunkReader implements AutoCloseable {
    /** Bytes that one read fetches when rows are announced. */
    private static final long READ_AHEAD = 4 << 20;

    /** Bytes that one read fetches when nothing is known of the pages. */
    private static final long READ_UNKNOWN = 1 << 20;

    /** Fewer rows than one of so many are a look-up's: a scan would only pass by with its pages. */
    private static final int FEW_OF_PAGE = 8;

    /** Ranges of fewer rows than this, on average, are cut out of what lies between their ends. */
    private static final int SHORT_RANGE = 16;

    private static final DataPage.Decoders NO_PAGE =
            new DataPage.Decoders(null, new ValueDecoder.Nothing("there is no page"));

    private final RangeReader file;
    private final ColumnChunk chunk;
    private final @Nullable PageIndex index;
    private final KeptPages kept;
    private final Scratch scratch;
    private final DecodeCounts counts;
    private final PageHeads heads;
    private final ChunkBytes bytes;
    private final DataPage data;
    private RowRanges ahead = RowRanges.empty();
    private RowRanges current = RowRanges.empty();

    /** Where the page behind the current one starts, in the file and in rows. */
    private long nextPosition;

    private long pageEnd;
    private long row;
    private long pagePosition;
    private int nextPage;
    private DataPage.Decoders page = NO_PAGE;
    private boolean checked;

    /**
     * @param index lets the reader jump over pages; without it every page is read up to the last one needed
     * @param dictionary asked at most once, when the first page that refers to it is met
     */
    public ChunkReader(
            RangeReader file,
            ColumnChunk chunk,
            Optional<PageIndex> index,
            Supplier<Optional<Dictionary>> dictionary,
            Scratch scratch,
            DecodeCounts counts) {
        this(file, chunk, index, dictionary, KeptPages.NONE, scratch, counts);
    }

    /** @param kept where pages may be found, and kept that the index leads to */
    public ChunkReader(
            RangeReader file,
            ColumnChunk chunk,
            Optional<PageIndex> index,
            Supplier<Optional<Dictionary>> dictionary,
            KeptPages kept,
            Scratch scratch,
            DecodeCounts counts) {
        unsupported(chunk).ifPresent(what -> {
            throw new UnsupportedParquet(file, what);
        });
        this.file = file;
        this.chunk = chunk;
        this.index = index.orElse(null);
        this.kept = kept;
        this.scratch = scratch;
        this.counts = counts;
        this.heads = new PageHeads(file, chunk);
        this.bytes = new ChunkBytes(file, chunk, scratch);
        this.data = new DataPage(file, chunk, heads, new Once(dictionary), scratch);
        this.nextPosition = chunk.firstDataPage();
    }

    /** Asks for the dictionary when it is first needed, and never again. */
    private static final class Once implements Supplier<Optional<Dictionary>> {
        private final Supplier<Optional<Dictionary>> source;
        private @Nullable Optional<Dictionary> known;

        Once(Supplier<Optional<Dictionary>> source) {
            this.source = source;
        }

        @Override
        public Optional<Dictionary> get() {
            if (known == null) {
                known = source.get();
            }
            return known;
        }
    }

    /** What keeps this decoder from reading a chunk, if anything; known from the footer alone. */
    public static Optional<String> unsupported(ColumnChunk chunk) {
        if (!chunk.leaf().flat()) {
            return Optional.of("a nested or repeated column");
        }
        return Codec.known(chunk.codec()) ? Optional.empty() : Optional.of("compression by " + chunk.codec());
    }

    /**
     * Announces rows that later calls of {@link #read} will want, so that neighbouring pages come in one read of up to some
     * megabytes. Without it no byte is read but for the rows of the call.
     */
    public void readAhead(RowRanges ranges) {
        ahead = ranges;
    }

    /**
     * The values of some rows of the row group, in order and without gaps. Ranges of a later call start at or behind the end
     * of those before.
     *
     * @throws ParquetDamage when the file contradicts itself
     * @throws UnsupportedParquet when a page uses an encoding that is not known here
     */
    public ColumnValues read(RowRanges ranges) {
        if (!ranges.isEmpty() && (ranges.from(0) < row || ranges.to(ranges.size() - 1) > chunk.rows())) {
            throw new IllegalArgumentException(
                    "rows " + ranges + " of " + chunk + ", which has " + chunk.rows() + ", read up to " + row);
        }
        current = ranges;
        Sink sink = sink(Math.toIntExact(ranges.rowCount()));
        try {
            int range = 0;
            while (range < ranges.size()) {
                long from = Math.max(row, ranges.from(range));
                advance(from);
                int last = lastInPage(ranges, range);
                if (last - range >= 2) {
                    sink = takeShort(sink, ranges, range, last);
                    range = last;
                } else {
                    sink = take(sink, from, Math.min(ranges.to(range), pageEnd));
                    range += row == ranges.to(range) ? 1 : 0;
                }
            }
        } catch (Corrupt | IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException corrupt) {
            throw new ParquetDamage(file, pagePosition, "page of " + chunk + ": " + corrupt.getMessage(), corrupt);
        }
        return sink.result();
    }

    private Sink sink(int rows) {
        return switch (chunk.leaf().physical()) {
            case BOOLEAN -> new NumberSinks.Booleans(rows);
            case INT32, INT64, INT96 -> new NumberSinks.Longs(rows);
            case FLOAT, DOUBLE -> new NumberSinks.Doubles(rows);
            case BYTE_ARRAY, FIXED -> new BytesSink(rows, bytesPerRow(), file);
        };
    }

    /** Rounded up, as the chunk's other bytes are few. */
    private long bytesPerRow() {
        return Math.ceilDiv(chunk.uncompressedBytes(), Math.max(1, chunk.rows()));
    }

    /** The range behind those, from the given one on, that end in the current page, are short and close to each other. */
    private int lastInPage(RowRanges ranges, int first) {
        int last = first;
        long rows = 0;
        while (last < ranges.size()
                && ranges.to(last) <= pageEnd
                && ranges.to(last) - ranges.from(last) < SHORT_RANGE) {
            rows += ranges.to(last) - ranges.from(last);
            // Rows between the ranges are decoded as well: worth it only where these lie close to each other.
            if (ranges.to(last) - ranges.from(first) > SHORT_RANGE * (rows + SHORT_RANGE)) {
                break;
            }
            last++;
        }
        return last;
    }

    /** Decodes what lies between the ends of some short ranges, and keeps the ranges. */
    private Sink takeShort(Sink sink, RowRanges ranges, int first, int last) {
        long from = Math.max(row, ranges.from(first));
        long to = ranges.to(last - 1);
        Sink typed = fitting(sink);
        Sink between = typed.fresh((int) (to - from));
        decode(between, from, to);
        int[] chosen = scratch.chosen((int) (to - from));
        int count = 0;
        for (int range = first; range < last; range++) {
            for (long at = Math.max(from, ranges.from(range)); at < ranges.to(range); at++) {
                chosen[count++] = (int) (at - from);
            }
        }
        typed.addChosen(between, chosen, count);
        return typed;
    }

    /** Takes rows of the current page. */
    private Sink take(Sink sink, long from, long to) {
        Sink typed = fitting(sink);
        decode(typed, from, to);
        return typed;
    }

    private void decode(Sink typed, long from, long to) {
        int skipped = (int) (from - row);
        int count = (int) (to - from);
        Runs levels = page.levels();
        if (levels == null) {
            page.values().skip(skipped);
            typed.add(page.values(), count);
        } else {
            if (skipped > 0) {
                page.values().skip(levels.readBitmap(scratch.words(skipped), skipped));
            }
            long[] present = scratch.words(count);
            typed.add(page.values(), present, count, levels.readBitmap(present, count));
        }
        row = to;
        if (checked && row == pageEnd && !page.values().atEnd()) {
            throw new Corrupt("it has more bytes than its values need");
        }
    }

    /** Bytes stay codes as long as every page refers to the dictionary. */
    private Sink fitting(Sink sink) {
        if (page.values() instanceof ValueDecoder.Nothing || !chunk.leaf().binary()) {
            return sink;
        }
        Optional<Dictionary> dictionary = page.values().dictionary();
        if (sink instanceof BytesSink && dictionary.isPresent() && sink.nullCount() == sink.filled()) {
            return new CodeSink(sink, dictionary.get());
        }
        return sink instanceof CodeSink codes && dictionary.isEmpty() ? codes.spelledOut(file) : sink;
    }

    /** Makes the page that holds a row the current one. */
    private void advance(long wanted) {
        while (wanted >= pageEnd) {
            row = pageEnd;
            if (index != null) {
                openAt(index.pageAt(wanted));
            } else {
                openNext(wanted);
            }
        }
    }

    private void openAt(int number) {
        PageIndex known = Objects.requireNonNull(index);
        counts.pagesSkipped(number - nextPage);
        pagePosition = known.offset(number);
        Optional<KeptPages.Page> found = kept.find(number);
        if (found.isPresent()) {
            goTo(known, number);
            page = data.open(found.get());
            checked = found.get().head().header().isSetCrc();
            counts.pageRead();
            return;
        }
        bytes.want(endOfRead(known, number));
        int size = known.size(number);
        bytes.require(pagePosition, size);
        Head head = heads.read(bytes, pagePosition);
        if (head.end() != pagePosition + size) {
            throw new Corrupt("it ends at byte " + head.end() + ", the index says " + (pagePosition + size));
        }
        checkKind(head);
        long rows = known.endRow(number) - known.firstRow(number);
        if (DataPage.values(head) != rows) {
            throw new Corrupt("it claims " + DataPage.values(head) + " values, the index " + rows);
        }
        goTo(known, number);
        open(head);
        if (isLookUp(known, number) && kept.wants(number, data.length())) {
            kept.keep(number, data.copy(head));
        }
    }

    private void goTo(PageIndex known, int number) {
        row = known.firstRow(number);
        pageEnd = known.endRow(number);
        nextPage = number + 1;
    }

    /** Whether few rows of the page are wanted. */
    private boolean isLookUp(PageIndex known, int number) {
        long from = known.firstRow(number);
        long to = known.endRow(number);
        return current.between(from, to).rowCount() * FEW_OF_PAGE <= to - from;
    }

    /** How far one read goes that starts with a page: over the neighbours that are wanted as well. */
    private long endOfRead(PageIndex known, int number) {
        long start = known.offset(number);
        long end = start + known.size(number);
        for (int next = number + 1; next < known.pages(); next++) {
            long nextEnd = known.offset(next) + known.size(next);
            if (known.offset(next) - end > file.coalescedGap() || nextEnd - start > READ_AHEAD) {
                break;
            }
            long from = known.firstRow(next);
            if (current.touches(from, known.endRow(next)) || ahead.touches(from, known.endRow(next))) {
                end = nextEnd;
            }
        }
        return end;
    }

    private void openNext(long wanted) {
        pagePosition = nextPosition;
        bytes.want(nextPosition + (ahead.isEmpty() ? READ_UNKNOWN : READ_AHEAD));
        Head head = heads.read(bytes, nextPosition);
        boolean leading = nextPosition == chunk.firstDataPage();
        nextPosition = head.end();
        PageType type = head.header().getType();
        if (type == PageType.INDEX_PAGE || leading && type == PageType.DICTIONARY_PAGE) {
            return;
        }
        checkKind(head);
        int values = DataPage.values(head);
        if (values < 0 || values > chunk.rows() - pageEnd) {
            throw new Corrupt("it claims " + values + " values, of at most " + (chunk.rows() - pageEnd));
        }
        pageEnd += values;
        if (wanted >= pageEnd) {
            counts.pagesSkipped(1);
        } else {
            open(head);
        }
    }

    private static void checkKind(Head head) {
        boolean data = switch (head.header().getType()) {
            case DATA_PAGE -> head.header().isSetData_page_header();
            case DATA_PAGE_V2 -> head.header().isSetData_page_header_v2();
            case DICTIONARY_PAGE, INDEX_PAGE -> false;
        };
        if (!data) {
            throw new Corrupt("it is a " + head.header().getType() + " where values should be");
        }
    }

    private void open(Head head) {
        int body = bytes.require(head.body(), head.length());
        page = data.open(head, bytes.buffer(), body);
        checked = head.header().isSetCrc();
        counts.pageRead();
    }

    /** Gives the buffers back. */
    @Override
    public void close() {
        bytes.close();
        data.close();
        page = NO_PAGE;
    }
}
