package io.spangraph.iceberg.read;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.FileLinks;
import io.spangraph.engine.spi.LinkMaker;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import io.spangraph.iceberg.cache.ScanCache.Reservation;
import io.spangraph.iceberg.plan.Condition;
import io.spangraph.iceberg.plan.IcebergScanPlan;
import io.spangraph.iceberg.plan.PlannedFile;
import io.spangraph.iceberg.read.columns.ColumnTests;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The links of a plan's files, from the cache or made of whole files. A file is read as it was written, without a pin and
 * without its deletes: links hold positions of rows only, and each position that is followed leads to a row which the
 * pinned scan has given, or to none. So they are the same for everybody, and nobody sees a row through them.
 */
public final class KeptLinks implements LinkedFiles {
    private final IcebergScanPlan plan;
    private final List<NestedField> columns;
    private final LinkMaker maker;
    private final FileReader reader;
    private final ScanCache cache;
    private final ScanMonitor monitor;
    private final CountingFileIO io;
    private final String form;

    private record Links(Optional<? extends FileLinks> value, long heapBytes) implements Cached {}

    private static final Links NONE = new Links(Optional.empty(), 0);

    private KeptLinks(
            IcebergScanPlan plan,
            List<NestedField> columns,
            LinkMaker maker,
            FileReader reader,
            ScanCache cache,
            ScanMonitor monitor) {
        this.plan = plan;
        this.columns = columns;
        this.maker = maker;
        this.reader = reader;
        this.cache = cache;
        this.monitor = monitor;
        this.io = new CountingFileIO(plan.table().io(), monitor);
        this.form = form(plan, columns, maker);
    }

    /**
     * Empty if links are not kept or would take most of the cache, or if too many of them are missing that nobody has asked
     * for before. A reader whose own rows are only some of a file's is given what is there, but does not read the rest.
     *
     * @param columns those that the maker names
     */
    public static Optional<LinkedFiles> of(
            IcebergScanPlan plan,
            List<NestedField> columns,
            LinkMaker maker,
            FileReader reader,
            ScanCache cache,
            ScanMonitor monitor) {
        long rows = plan.estimate().rows();
        if (!cache.keeps(Kind.LINKS) || rows > Integer.MAX_VALUE || !cache.fits(maker.heapBytes(rows))) {
            return Optional.empty();
        }
        KeptLinks links = new KeptLinks(plan, columns, maker, reader, cache, monitor);
        return links.areWorthIt() ? Optional.of(links) : Optional.empty();
    }

    /** Columns by their ids and types, so that neither a new name nor a new type meets what was made before. */
    private static String form(IcebergScanPlan plan, List<NestedField> columns, LinkMaker maker) {
        String names = plan.table().metadata().properties().getOrDefault("schema.name-mapping.default", "");
        return columns.stream()
                        .map(column -> column.fieldId() + ":" + column.type())
                        .collect(Collectors.joining(",", maker.form() + " ", " "))
                + names;
    }

    private Key key(PlannedFile file) {
        return new Key(Kind.LINKS, file.location() + " " + file.file().fileSizeInBytes(), -1, -1, -1, form);
    }

    private boolean areWorthIt() {
        long missing = 0;
        long unknown = 0;
        for (IcebergScanPlan.FileToRead file : plan.files()) {
            Key key = key(file.file());
            if (cache.peek(key, Links.class).isEmpty()) {
                long rows = file.file().file().recordCount();
                missing += rows;
                unknown += cache.usedBefore(key, monitor) ? 0 : rows;
            }
        }
        boolean makes = !plan.mayHoldRowsOfOthers();
        return missing == 0 || makes && unknown <= plan.estimate().rows() / 2;
    }

    @Override
    public int count() {
        return plan.files().size();
    }

    @Override
    public OfFile links(int which) {
        PlannedFile file = plan.files().get(which).file();
        Key key = key(file);
        Optional<Links> kept = cache.peek(key, Links.class);
        Links links = kept.isPresent() ? cache.get(key, monitor, kept::get) : made(key, file);
        return new OfFile(file.ordinal(), links.value());
    }

    @SuppressWarnings("try") // closed early, too, when what it holds the room for is there
    private Links made(Key key, PlannedFile file) {
        Optional<Reservation> room = cache.reserve(maker.heapBytes(file.file().recordCount()));
        if (room.isEmpty()) {
            return NONE;
        }
        try (Reservation making = room.get()) {
            return cache.get(key, monitor, () -> {
                Links links = make(file);
                // What was reserved for making them is now to hold the links themselves.
                making.close();
                return links;
            });
        }
    }

    private Links make(PlannedFile file) {
        FileScan whole = new FileScan(
                plan.table(),
                new PlannedFile(file.ordinal(), file.file(), List.of()),
                columns,
                true,
                Condition.ALWAYS,
                new ColumnTests(),
                Expressions.alwaysTrue(),
                Optional.empty(),
                io,
                cache,
                monitor);
        Optional<? extends FileLinks> made = reader.fixedParts(whole).flatMap(parts -> {
            try (WholeFile rows = new WholeFile(parts.iterator())) {
                return maker.make(rows);
            }
        });
        return new Links(made, made.map(FileLinks::heapBytes).orElse(0L));
    }

    /** The parts of a file, for one thread. */
    private final class WholeFile implements ScanParts {
        private final Iterator<FilePart> parts;

        WholeFile(Iterator<FilePart> parts) {
            this.parts = parts;
        }

        @Override
        public Optional<BatchCursor> next() {
            return parts.hasNext() ? Optional.of(new Part(parts.next())) : Optional.empty();
        }

        @Override
        public void close() {
            // Each part closes itself.
        }
    }

    private final class Part extends ReadingCursor {
        private final FilePart part;
        private boolean started;

        Part(FilePart part) {
            super(KeptLinks.this.io, KeptLinks.this.monitor);
            this.part = part;
        }

        @Override
        Optional<RowBatch> nextBatch() {
            if (!started) {
                started = true;
                read(part.open());
            }
            return nextOfFile();
        }

        @Override
        public void close() {
            releaseIfIdle();
        }
    }

    @Override
    public void close() {
        io.stop();
    }
}
