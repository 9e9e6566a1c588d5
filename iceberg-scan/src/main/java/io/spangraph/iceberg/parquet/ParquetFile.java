package io.spangraph.iceberg.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;

/**
 * The footer of a Parquet file: its columns, and where their values lie. Immutable and free of the file itself, so that it
 * can be kept for as long as the file's name stays the same.
 */
public final class ParquetFile {
    private static final int TAIL_GUESS = 64 << 10;
    private static final int MAGIC = 0x31524150;
    private static final int MAGIC_ENCRYPTED = 0x45524150;
    private static final int MAGIC_BYTES = 4;
    private static final int TAIL_BYTES = 8;

    private final List<Leaf> leaves;
    private final List<RowGroup> rowGroups;
    private final Map<Integer, Leaf> byId = new HashMap<>();
    private final Map<List<String>, Leaf> byPath = new HashMap<>();
    private final boolean hasFieldIds;
    private final long heapBytes;

    private ParquetFile(List<Leaf> leaves, List<RowGroup> rowGroups, boolean hasFieldIds, long heapBytes) {
        this.leaves = List.copyOf(leaves);
        this.rowGroups = List.copyOf(rowGroups);
        this.hasFieldIds = hasFieldIds;
        this.heapBytes = heapBytes;
        for (Leaf leaf : leaves) {
            byPath.put(leaf.path(), leaf);
            leaf.fieldId().ifPresent(id -> byId.put(id, leaf));
        }
    }

    /** Reads the footer, mostly in one read. */
    public static ParquetFile read(RangeReader file) {
        long length = file.length();
        if (length < MAGIC_BYTES + TAIL_BYTES) {
            throw new ParquetDamage(file, 0, "it has only " + length + " bytes");
        }
        byte[] tail = new byte[(int) Math.min(TAIL_GUESS, length)];
        file.readFully(length - tail.length, tail, 0, tail.length);
        checkMagic(file, LittleEndian.intAt(tail, tail.length - MAGIC_BYTES));
        long footer = LittleEndian.intAt(tail, tail.length - TAIL_BYTES) & 0xFFFF_FFFFL;
        long most = Math.min(length - MAGIC_BYTES - TAIL_BYTES, Integer.MAX_VALUE / 2);
        if (footer == 0 || footer > most) {
            throw new ParquetDamage(
                    file, length - TAIL_BYTES, "the footer claims " + footer + " bytes, of at most " + most);
        }
        long start = length - TAIL_BYTES - footer;
        byte[] bytes = tail;
        int offset = tail.length - TAIL_BYTES - (int) Math.min(footer, tail.length);
        if (footer > tail.length - TAIL_BYTES) {
            bytes = new byte[(int) footer];
            offset = 0;
            int missing = (int) footer - (tail.length - TAIL_BYTES);
            file.readFully(start, bytes, 0, missing);
            System.arraycopy(tail, 0, bytes, missing, tail.length - TAIL_BYTES);
        }
        FileMetaData metadata = new FileMetaData();
        Thrift.readWhole(metadata, bytes, offset, (int) footer, file, start);
        return of(file, metadata, start, footer);
    }

    private static ParquetFile of(RangeReader file, FileMetaData metadata, long footerStart, long footerBytes) {
        if (metadata.isSetEncryption_algorithm()) {
            throw new UnsupportedParquet(file, "encryption");
        }
        FooterSchema schema = FooterSchema.of(file, footerStart, metadata.getSchema());
        List<RowGroup> rowGroups = new FooterRowGroups(file, footerStart, schema.leaves(), metadata).rowGroups();
        // Bounds and objects take a few times what their encoding does.
        return new ParquetFile(schema.leaves(), rowGroups, schema.hasFieldIds(), 1024 + 4 * footerBytes);
    }

    private static void checkMagic(RangeReader file, int magic) {
        if (magic == MAGIC_ENCRYPTED) {
            throw new UnsupportedParquet(file, "encryption");
        }
        if (magic != MAGIC) {
            throw new ParquetDamage(file, file.length() - MAGIC_BYTES, "it does not end like a Parquet file");
        }
    }

    public List<RowGroup> rowGroups() {
        return rowGroups;
    }

    /** All columns of primitive values, also those that are not flat. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** Whether any field has an id. */
    public boolean hasFieldIds() {
        return hasFieldIds;
    }

    public Optional<Leaf> leafById(int fieldId) {
        return Optional.ofNullable(byId.get(fieldId));
    }

    public Optional<Leaf> leafByPath(List<String> path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Rows of all row groups. */
    public long rows() {
        return rowGroups.isEmpty()
                ? 0
                : rowGroups.getLast().firstRow() + rowGroups.getLast().rows();
    }

    /** About what this takes in memory. */
    public long heapBytes() {
        return heapBytes;
    }
}
