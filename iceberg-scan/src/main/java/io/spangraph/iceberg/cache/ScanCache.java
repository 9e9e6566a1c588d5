package io.spangraph.iceberg.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.spangraph.engine.spi.ScanMonitor;
import java.lang.ref.WeakReference;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parts of data files in heap, all kinds under one budget in bytes: what is used most stays, whatever it is. Keys name
 * immutable files, so nothing is ever invalidated; values are those of the file and of no reader, so the tenant pin and
 * all filters come after the cache.
 */
public final class ScanCache {
    /** Fixed cost of an entry besides its value: key, maps, policy. */
    private static final long ENTRY_BYTES = 200;

    /** First uses that are remembered. */
    private static final long REMEMBERED_USES = 100_000;

    private final CacheMode mode;
    private final long maxBytes;
    private final Cache<Key, Entry> entries;
    private final Policy.Eviction<Key, Entry> eviction;
    private final Cache<Key, WeakReference<Object>> usedOnce;
    private final Map<Key, Flight> flights = new ConcurrentHashMap<>();
    private final List<KindCounts> counts =
            Stream.of(Kind.values()).map(kind -> new KindCounts()).toList();
    private final Object reserving = new Object();
    private long reserved;

    /** What is kept of a file. */
    public enum Kind {
        FOOTER,
        PAGE_INDEX,
        BLOOM,
        DICTIONARY,
        /** Hash of a value to the rows that may hold it. */
        KEY_INDEX,
        /** Decoded values of a column in a row group. */
        COLUMN,
        /** A page, decompressed, of which look-ups want few rows. */
        PAGE,
        /** Which rows of a file name which others as their parents. */
        LINKS,
        /** Rows that delete files name. */
        DELETES;

        /** As metrics and plans name it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Names a part of a file.
     *
     * @param file path and length: a path that was written anew after its file was lost is another file
     * @param rowGroup -1 for the whole file
     * @param fieldId -1 for all columns
     * @param page -1 for all pages
     * @param form of what is made of several columns: which ones, and how; else empty
     */
    public record Key(Kind kind, String file, int rowGroup, int fieldId, int page, String form) {
        public Key(Kind kind, String file, int rowGroup, int fieldId, int page) {
            this(kind, file, rowGroup, fieldId, page, "");
        }

        public Key(Kind kind, String file, int rowGroup, int fieldId) {
            this(kind, file, rowGroup, fieldId, -1);
        }
    }

    /** A value that can be kept: immutable for its readers. */
    public interface Cached {
        /** What it weighs, roughly; asked once, when it is kept. */
        long heapBytes();
    }

    private record Entry(Cached value, long bytes) {}

    private ScanCache(CacheMode mode, long maxBytes) {
        this.mode = mode;
        this.maxBytes = mode == CacheMode.OFF ? 0 : maxBytes;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(this.maxBytes)
                .weigher((Key key, Entry entry) -> Math.clamp(entry.bytes(), 1, Integer.MAX_VALUE))
                .removalListener(this::removed)
                .executor(Runnable::run)
                .build();
        this.eviction = entries.policy().eviction().orElseThrow();
        this.usedOnce = Caffeine.newBuilder()
                .maximumSize(REMEMBERED_USES)
                .executor(Runnable::run)
                .build();
    }

    /** @param maxBytes of all that is kept together */
    public static ScanCache of(CacheMode mode, long maxBytes) {
        return new ScanCache(mode, maxBytes);
    }

    /** Whether parts of this kind are kept at all. */
    public boolean keeps(Kind kind) {
        return mode.keeps(kind);
    }

    /** Whether a value of this size would be kept: one that takes most of the budget would only drive out the rest. */
    public boolean fits(long bytes) {
        return bytes <= maxBytes / 2;
    }

    /** As {@link #get(Key, ScanMonitor, Supplier)}, for work that is no scan's. */
    @SuppressWarnings("unchecked") // A kind has one type of value: its readers agree on it.
    public <V extends Cached> V get(Key key, Supplier<V> load) {
        return (V) find(key, Optional.empty(), load);
    }

    /**
     * The value of the key, loaded now if it is not kept. One thread loads, others that want the same wait for it as long
     * as their own query runs; if its load fails, they load for themselves, as its failure may be that its query ended.
     * What the load throws passes through and is not kept. A load may get keys of other kinds, never its own.
     */
    @SuppressWarnings("unchecked") // A kind has one type of value: its readers agree on it.
    public <V extends Cached> V get(Key key, ScanMonitor monitor, Supplier<V> load) {
        return (V) find(key, Optional.of(monitor), load);
    }

    private Cached find(Key key, Optional<ScanMonitor> monitor, Supplier<? extends Cached> load) {
        if (!keeps(key.kind())) {
            count(key.kind(), monitor, false);
            return load.get();
        }
        while (true) {
            Optional<Cached> found = kept(key);
            if (found.isEmpty()) {
                Flight own = new Flight();
                Flight first = flights.putIfAbsent(key, own);
                if (first == null) {
                    return load(key, monitor, load, own);
                }
                found = first.await(monitor);
            }
            if (found.isPresent()) {
                count(key.kind(), monitor, true);
                return found.get();
            }
        }
    }

    private Cached load(Key key, Optional<ScanMonitor> monitor, Supplier<? extends Cached> load, Flight flight) {
        Optional<Cached> found = Optional.empty();
        try {
            // The flight before this one may have landed since this thread looked.
            found = kept(key);
            count(key.kind(), monitor, found.isPresent());
            if (found.isPresent()) {
                return found.get();
            }
            Cached loaded = load.get();
            keep(key, loaded);
            found = Optional.of(loaded);
            return loaded;
        } finally {
            flights.remove(key, flight);
            flight.land(found);
        }
    }

    private void keep(Key key, Cached value) {
        long bytes = value.heapBytes() + ENTRY_BYTES;
        if (fits(bytes)) {
            counts(key.kind()).came(bytes);
            entries.put(key, new Entry(value, bytes));
        }
    }

    private void removed(@Nullable Key key, @Nullable Entry entry, RemovalCause cause) {
        if (key != null && entry != null) {
            KindCounts of = counts(key.kind());
            of.left(entry.bytes());
            if (cause.wasEvicted()) {
                of.evictions.increment();
            }
        }
    }

    private void count(Kind kind, Optional<ScanMonitor> monitor, boolean hit) {
        KindCounts of = counts(kind);
        (hit ? of.hits : of.misses).increment();
        monitor.ifPresent(scan -> scan.cacheUse(kind.text(), hit));
    }

    private KindCounts counts(Kind kind) {
        return counts.get(kind.ordinal());
    }

    private Optional<Cached> kept(Key key) {
        return Optional.ofNullable(entries.getIfPresent(key)).map(Entry::value);
    }

    /** The value of the key if it is kept; neither loads nor counts. */
    public <V extends Cached> Optional<V> peek(Key key, Class<V> type) {
        return kept(key).map(type::cast);
    }

    /**
     * Whether the key was used before, which this use is remembered for: what is costly to build or large is kept from its
     * second use on. Old first uses are forgotten.
     */
    public boolean usedBefore(Key key) {
        return usedOnce.asMap().putIfAbsent(key, new WeakReference<>(null)) != null;
    }

    /** Whether the key was used before by another scan: the parts of one scan count as one use. */
    public boolean usedBefore(Key key, ScanMonitor scan) {
        WeakReference<Object> first = usedOnce.asMap().putIfAbsent(key, new WeakReference<>(scan));
        return first != null && !first.refersTo(scan);
    }

    /**
     * Takes bytes from the budget for something that is being built, so that building does not come on top of it; empty
     * if it would take more than half of the budget together with what else is being built.
     */
    public Optional<Reservation> reserve(long bytes) {
        synchronized (reserving) {
            if (bytes > maxBytes / 2 - reserved) {
                return Optional.empty();
            }
            reserved += bytes;
            eviction.setMaximum(maxBytes - reserved);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return Optional.of(() -> {
            if (open.compareAndSet(true, false)) {
                release(bytes);
            }
        });
    }

    private void release(long bytes) {
        synchronized (reserving) {
            reserved -= bytes;
            eviction.setMaximum(maxBytes - reserved);
        }
    }

    /** Bytes of the budget that somebody builds in, until it is closed. */
    public interface Reservation extends AutoCloseable {
        @Override
        void close();
    }

    public CacheStats stats() {
        Map<Kind, CacheStats.OfKind> stats = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            stats.put(kind, counts(kind).stats());
        }
        synchronized (reserving) {
            return new CacheStats(stats, maxBytes, reserved);
        }
    }
}
