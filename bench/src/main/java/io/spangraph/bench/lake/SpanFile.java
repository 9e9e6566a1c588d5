package io.spangraph.bench.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * One file to be written, and all that is needed to make its rows: files are cut beforehand, so that each can be written
 * without the others, and again after the writing was killed.
 *
 * @param traces all traces of the partition, in the order of the layout
 * @param from first trace whose spans begin the file
 * @param to first trace of the next file
 */
record SpanFile(SpanLayout layout, int partition, int ordinal, List<TraceHead> traces, int from, int to) {
    private static final long FILE_BYTES = 128L << 20;

    private static final Comparator<SpanRow> BY_START =
            Comparator.comparingLong(SpanRow::startMs).thenComparing(SpanRow::spanId);

    /** All files of a layout. Each ends between two traces, or, where traces overlap, between two moments. */
    static List<SpanFile> plan(SpanLayout layout, List<TraceHead> heads) {
        List<List<TraceHead>> partitions = new ArrayList<>();
        for (int i = 0; i < Math.max(SpanLayout.BUCKETS, TraceHeads.MOST_DAYS); i++) {
            partitions.add(new ArrayList<>());
        }
        heads.forEach(head -> partitions.get(layout.partition(head)).add(head));
        List<SpanFile> files = new ArrayList<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<TraceHead> traces = partitions.get(partition);
            if (traces.isEmpty()) {
                continue;
            }
            traces.sort(layout.order());
            long spans = traces.stream().mapToLong(TraceSpans::count).sum();
            long count = Math.clamp((spans * layout.bytesPerSpan() + FILE_BYTES - 1) / FILE_BYTES, 1, traces.size());
            for (int ordinal = 0; ordinal < count; ordinal++) {
                int from = Math.toIntExact((long) ordinal * traces.size() / count);
                int to = Math.toIntExact((ordinal + 1L) * traces.size() / count);
                files.add(new SpanFile(layout, partition, ordinal, traces, from, to));
            }
        }
        return files;
    }

    String name() {
        return String.format(Locale.ROOT, "%02d-%04d.parquet", partition, ordinal);
    }

    void forEachRow(Consumer<SpanRow> rows) {
        if (layout == SpanLayout.UNSORTED) {
            forEachByStart(rows);
        } else {
            traces.subList(from, to).forEach(trace -> TraceSpans.of(trace).forEach(rows));
        }
    }

    /** Merges the traces that are under way at a time. The file holds what starts in its stretch of time. */
    private void forEachByStart(Consumer<SpanRow> rows) {
        long begin = from == 0 ? Long.MIN_VALUE : traces.get(from).startMs();
        long end = to == traces.size() ? Long.MAX_VALUE : traces.get(to).startMs();
        PriorityQueue<SpanRow> waiting = new PriorityQueue<>(BY_START);
        int next = from;
        while (next > 0 && traces.get(next - 1).startMs() >= begin - TraceSpans.LONGEST_MS) {
            next--;
        }
        for (; next < to; next++) {
            TraceHead trace = traces.get(next);
            drain(waiting, trace.startMs(), rows);
            TraceSpans.of(trace).stream()
                    .filter(span -> span.startMs() >= begin && span.startMs() < end)
                    .forEach(waiting::add);
        }
        drain(waiting, Long.MAX_VALUE, rows);
    }

    private static void drain(PriorityQueue<SpanRow> waiting, long before, Consumer<SpanRow> rows) {
        while (!waiting.isEmpty() && waiting.peek().startMs() < before) {
            rows.accept(waiting.remove());
        }
    }
}
