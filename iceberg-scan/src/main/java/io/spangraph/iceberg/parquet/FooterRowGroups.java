package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.ColumnChunk.Stretch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;

/** Turns the row groups of a footer into ours, and holds every position and count against the file and each other. */
final class FooterRowGroups {
    private static final Set<Encoding> DICTIONARY = EnumSet.of(Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY);

    /** The header of a filter, when the footer does not say how long header and filter are. */
    private static final int BLOOM_HEADER_GUESS = 64;

    private final RangeReader file;
    private final long footerStart;
    private final List<Leaf> leaves;
    private final FileMetaData metadata;

    FooterRowGroups(RangeReader file, long footerStart, List<Leaf> leaves, FileMetaData metadata) {
        this.file = file;
        this.footerStart = footerStart;
        this.leaves = leaves;
        this.metadata = metadata;
    }

    List<RowGroup> rowGroups() {
        List<RowGroup> rowGroups = new ArrayList<>();
        long firstRow = 0;
        for (org.apache.parquet.format.RowGroup group : metadata.getRow_groups()) {
            long rows = group.getNum_rows();
            if (rows < 0 || rows > Long.MAX_VALUE - firstRow) {
                throw damage("row group " + rowGroups.size() + " claims " + rows + " rows");
            }
            rowGroups.add(rowGroup(rowGroups.size(), firstRow, group));
            firstRow += rows;
        }
        if (firstRow != metadata.getNum_rows()) {
            throw damage(
                    "the row groups have " + firstRow + " rows, the file claims to have " + metadata.getNum_rows());
        }
        return rowGroups;
    }

    private RowGroup rowGroup(int ordinal, long firstRow, org.apache.parquet.format.RowGroup group) {
        if (group.getColumns().size() != leaves.size()) {
            throw damage("row group " + ordinal + " has " + group.getColumns().size() + " columns, the schema "
                    + leaves.size());
        }
        List<ColumnChunk> chunks = new ArrayList<>(leaves.size());
        long bytes = 0;
        for (Leaf leaf : leaves) {
            ColumnChunk chunk =
                    chunk(leaf, ordinal, group.getNum_rows(), group.getColumns().get(leaf.index()));
            bytes += chunk.length();
            chunks.add(chunk);
        }
        return new RowGroup(ordinal, firstRow, group.getNum_rows(), chunks, bytes);
    }

    private ColumnChunk chunk(Leaf leaf, int rowGroup, long rows, org.apache.parquet.format.ColumnChunk chunk) {
        if (chunk.isSetFile_path()) {
            throw new UnsupportedParquet(file, "another file for the values of column " + leaf.name());
        }
        if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
            throw new UnsupportedParquet(file, "encryption");
        }
        ColumnMetaData column = chunk.getMeta_data();
        if (column.getType() != type(leaf.physical())
                || !column.getPath_in_schema().equals(leaf.path())) {
            throw damage("a chunk of column " + String.join(".", column.getPath_in_schema()) + " of type "
                    + column.getType() + " lies where one of " + leaf.name() + " should");
        }
        if (leaf.flat() ? column.getNum_values() != rows : column.getNum_values() < 0) {
            throw damage("column " + leaf.name() + " claims " + column.getNum_values() + " values in " + rows
                    + " rows of row group " + rowGroup);
        }
        boolean hasDictionary = column.isSetDictionary_page_offset()
                && column.getDictionary_page_offset() > 0
                && column.getDictionary_page_offset() < column.getData_page_offset();
        Stretch pages = stretch(
                leaf,
                "pages",
                hasDictionary ? column.getDictionary_page_offset() : column.getData_page_offset(),
                column.getTotal_compressed_size());
        if (column.getData_page_offset() > pages.end()) {
            throw damage("the data of column " + leaf.name() + " starts behind its end");
        }
        OptionalLong nulls = OptionalLong.empty();
        if (column.isSetStatistics() && column.getStatistics().isSetNull_count()) {
            nulls = OptionalLong.of(column.getStatistics().getNull_count());
            if (nulls.getAsLong() < 0 || nulls.getAsLong() > column.getNum_values()) {
                throw damage("column " + leaf.name() + " claims " + nulls.getAsLong() + " nulls in "
                        + column.getNum_values() + " values");
            }
        }
        return new ColumnChunk(
                leaf,
                rowGroup,
                rows,
                nulls,
                bounds(leaf, column),
                column.getCodec(),
                new HashSet<>(column.getEncodings()),
                hasDictionary && allDictionary(column),
                column.getTotal_uncompressed_size(),
                pages,
                column.getData_page_offset(),
                stretch(leaf, "column index", chunk.getColumn_index_offset(), chunk.getColumn_index_length()),
                stretch(leaf, "offset index", chunk.getOffset_index_offset(), chunk.getOffset_index_length()),
                bloom(leaf, column));
    }

    private Stretch bloom(Leaf leaf, ColumnMetaData column) {
        if (!column.isSetBloom_filter_offset() || column.getBloom_filter_offset() <= 0) {
            return Stretch.NONE;
        }
        long start = column.getBloom_filter_offset();
        return stretch(
                leaf,
                "bloom filter",
                start,
                column.isSetBloom_filter_length()
                        ? column.getBloom_filter_length()
                        : Math.min(BLOOM_HEADER_GUESS, footerStart - start));
    }

    private Stretch stretch(Leaf leaf, String what, long start, long length) {
        if (length == 0) {
            return Stretch.NONE;
        }
        if (start < Integer.BYTES || length < 0 || start > footerStart - length) {
            throw damage("the " + what + " of column " + leaf.name() + " claims to lie at " + start + ", " + length
                    + " bytes long");
        }
        return new Stretch(start, length);
    }

    private Optional<ChunkBounds> bounds(Leaf leaf, ColumnMetaData column) {
        if (!column.isSetStatistics()) {
            return Optional.empty();
        }
        boolean known = !metadata.isSetColumn_orders()
                || leaf.index() < metadata.getColumn_orders().size()
                        && metadata.getColumn_orders().get(leaf.index()).isSetTYPE_ORDER();
        return Bounds.of(leaf, column.getStatistics(), known).map(bounds -> {
            if (Bounds.crossed(leaf, bounds)) {
                throw damage("the smallest value of column " + leaf.name() + " lies above its largest");
            }
            return bounds;
        });
    }

    private static boolean allDictionary(ColumnMetaData column) {
        if (column.isSetEncoding_stats()) {
            for (PageEncodingStats stats : column.getEncoding_stats()) {
                boolean data =
                        stats.getPage_type() == PageType.DATA_PAGE || stats.getPage_type() == PageType.DATA_PAGE_V2;
                if (data && stats.getCount() != 0 && !DICTIONARY.contains(stats.getEncoding())) {
                    return false;
                }
            }
            return true;
        }
        // Old writers list the encoding of levels and of the values alike; only this combination is without doubt.
        Set<Encoding> others = new HashSet<>(column.getEncodings());
        return others.remove(Encoding.PLAIN_DICTIONARY)
                && EnumSet.of(Encoding.RLE, Encoding.BIT_PACKED).containsAll(others);
    }

    private static Type type(PhysicalType physical) {
        return switch (physical) {
            case BOOLEAN -> Type.BOOLEAN;
            case INT32 -> Type.INT32;
            case INT64 -> Type.INT64;
            case INT96 -> Type.INT96;
            case FLOAT -> Type.FLOAT;
            case DOUBLE -> Type.DOUBLE;
            case BYTE_ARRAY -> Type.BYTE_ARRAY;
            case FIXED -> Type.FIXED_LEN_BYTE_ARRAY;
        };
    }

    private ParquetDamage damage(String what) {
        return new ParquetDamage(file, footerStart, what);
    }
}
