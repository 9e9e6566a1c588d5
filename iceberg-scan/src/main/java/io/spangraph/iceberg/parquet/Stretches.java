package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.ColumnChunk.Stretch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import shaded.parquet.org.apache.thrift.TBase;

/** Several small stretches of a file in memory, neighbours fetched by one read, since a read costs more than some bytes. */
final class Stretches {
    /** One read is not grown beyond this. */
    private static final long LARGEST = 16 << 20;

    private final RangeReader file;
    private final TreeMap<Long, byte[]> pieces = new TreeMap<>();

    private Stretches(RangeReader file) {
        this.file = file;
    }

    /** Reads them all; stretches that are at most a gap apart come in one read. */
    static Stretches read(RangeReader file, Collection<Stretch> stretches, long gap) {
        List<Stretch> sorted = new ArrayList<>(stretches);
        sorted.sort(Comparator.comparingLong(Stretch::start));
        Stretches read = new Stretches(file);
        int first = 0;
        while (first < sorted.size()) {
            long start = sorted.get(first).start();
            long end = sorted.get(first).end();
            int next = first + 1;
            while (next < sorted.size()
                    && sorted.get(next).start() <= end + gap
                    && sorted.get(next).end() - start <= LARGEST) {
                end = Math.max(end, sorted.get(next).end());
                next++;
            }
            byte[] piece = new byte[Math.toIntExact(end - start)];
            file.readFully(start, piece, 0, piece.length);
            read.pieces.put(start, piece);
            first = next;
        }
        return read;
    }

    /** Reads a structure that fills one of the stretches. */
    void parse(TBase<?, ?> target, Stretch stretch) {
        Place place = place(stretch);
        Thrift.readWhole(target, place.bytes(), place.offset(), (int) stretch.length(), file, stretch.start());
    }

    /** Where one of the stretches starts in memory. */
    Place place(Stretch stretch) {
        Map.Entry<Long, byte[]> piece = pieces.floorEntry(stretch.start());
        return new Place(piece.getValue(), (int) (stretch.start() - piece.getKey()));
    }

    record Place(byte[] bytes, int offset) {}
}
