package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.spi.FileLinks;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.RowReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A table whose source keeps the scopes and links of its files: they are all there, or they are not used. Links are of all
 * rows that were ever written to a file, whosever they are; the rows themselves come from a pinned scan, and a link to a row
 * that the scan did not give leads nowhere.
 *
 * <p>Concurrency: safe for use by many threads; {@link #file} only after {@link #complete}.
 */
public final class KeptScopes {
    private final Supplier<Optional<Opened>> open;
    private final List<Told> told;
    private final AtomicInteger next = new AtomicInteger();
    private Optional<Optional<Opened>> opened = Optional.empty();
    private final Map<Integer, FileScopes[]> loaded = new HashMap<>();
    private final Map<Integer, OfFile> files = new HashMap<>();
    private boolean missing;
    private boolean usable;
    private long[] scattered = new long[0];

    /**
     * @param open asks the source when the first rows are wanted; empty if it keeps no links
     * @param told columns that links tell nulls of, behind those that the scan reads
     */
    public KeptScopes(Supplier<Optional<Opened>> open, List<Told> told) {
        this.open = open;
        this.told = List.copyOf(told);
    }

    /**
     * What the source keeps.
     *
     * @param links by kind, each of all files
     * @param rows reads what else is needed of the rows, and row references
     */
    public record Opened(List<LinkedFiles> links, SharedScan rows) {
        public Opened {
            links = List.copyOf(links);
        }
    }

    /**
     * A column that nobody reads, but for whether it is null.
     *
     * @param links a kind of links that is made of the column
     * @param column among those that the links are made of
     */
    public record Told(int links, int column) {}

    /**
     * A file's scopes and links.
     *
     * @param links by kind
     * @param scattered runs whose scopes have rows in other places, too
     */
    record OfFile(List<FileScopes> links, BitSet scattered) {
        OfFile {
            links = List.copyOf(links);
        }
    }

    List<Told> told() {
        return told;
    }

    private synchronized Optional<Opened> opened() {
        if (opened.isEmpty()) {
            opened = Optional.of(open.get());
        }
        return opened.get();
    }

    /** Loads or makes links until none is left that nobody has taken. */
    void load() {
        Optional<Opened> there = opened();
        if (there.isEmpty()) {
            return;
        }
        List<LinkedFiles> kinds = there.get().links();
        int count = kinds.getFirst().count();
        for (int i = next.getAndIncrement(); i < count * kinds.size() && !isMissing(); i = next.getAndIncrement()) {
            int kind = i / count;
            LinkedFiles.OfFile file = kinds.get(kind).links(i % count);
            put(file.ordinal(), kind, kinds.size(), file.links());
        }
    }

    private synchronized boolean isMissing() {
        return missing;
    }

    private synchronized void put(int ordinal, int kind, int kinds, Optional<? extends FileLinks> links) {
        if (links.isPresent() && links.get() instanceof FileScopes scopes) {
            loaded.computeIfAbsent(ordinal, unused -> new FileScopes[kinds])[kind] = scopes;
        } else {
            missing = true;
        }
    }

    /** Once everything is loaded: finds the scopes that have rows in several places. */
    synchronized void complete() {
        Optional<Opened> there = opened();
        if (there.isPresent() && !missing) {
            ScatteredRuns runs = new ScatteredRuns();
            loaded.values().forEach(links -> runs.add(links[0]));
            loaded.forEach((ordinal, links) -> files.put(ordinal, new OfFile(List.of(links), runs.in(links[0]))));
            usable = runs.areFew();
            scattered = usable ? references() : scattered;
        }
        loaded.clear();
        if (!usable) {
            files.clear();
            close();
        }
    }

    private long[] references() {
        LongStream.Builder references = LongStream.builder();
        files.forEach((ordinal, file) -> {
            int[] starts = file.links().getFirst().starts();
            for (int run = file.scattered().nextSetBit(0);
                    run >= 0;
                    run = file.scattered().nextSetBit(run + 1)) {
                for (int position = starts[run]; position < starts[run + 1]; position++) {
                    references.add(RowReference.of(ordinal, position));
                }
            }
        });
        return references.build().sorted().toArray();
    }

    /** Whether the rows may be read by their links. */
    synchronized boolean isUsable() {
        return usable;
    }

    /** The next part that nobody has taken. */
    synchronized Optional<SharedScan.Part> nextPart() {
        return opened().flatMap(there -> there.rows().next());
    }

    OfFile file(int ordinal) {
        return Optional.ofNullable(files.get(ordinal))
                .orElseThrow(() -> new IllegalStateException("rows of file " + ordinal + ", which has no links"));
    }

    /** References of all rows of scattered scopes, ascending, also of those that the reader may not see. */
    synchronized long[] scattered() {
        return scattered;
    }

    /** Ends all reads; any thread may. */
    synchronized void close() {
        opened.flatMap(there -> there).ifPresent(there -> {
            new ArrayList<>(there.links()).forEach(LinkedFiles::close);
            there.rows().close();
        });
    }
}
