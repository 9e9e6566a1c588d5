package io.spangraph.iceberg.equivalence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/** What other writers leave out of the footer. */
public enum FooterChange {
    NO_COLUMN_INDEX {
        @Override
        void apply(ColumnChunk chunk) {
            chunk.unsetColumn_index_offset();
            chunk.unsetColumn_index_length();
        }
    },
    NO_OFFSET_INDEX {
        @Override
        void apply(ColumnChunk chunk) {
            NO_COLUMN_INDEX.apply(chunk);
            chunk.unsetOffset_index_offset();
            chunk.unsetOffset_index_length();
        }
    },
    NO_STATISTICS {
        @Override
        void apply(ColumnChunk chunk) {
            chunk.getMeta_data().unsetStatistics();
        }
    },
    NO_NULL_COUNT {
        @Override
        void apply(ColumnChunk chunk) {
            Statistics statistics = chunk.getMeta_data().getStatistics();
            if (statistics != null) {
                statistics.unsetNull_count();
            }
        }
    },
    NO_EXACTNESS {
        @Override
        void apply(ColumnChunk chunk) {
            Statistics statistics = chunk.getMeta_data().getStatistics();
            if (statistics != null) {
                statistics.unsetIs_max_value_exact();
                statistics.unsetIs_min_value_exact();
            }
        }
    },
    NO_ENCODING_STATISTICS {
        @Override
        void apply(ColumnChunk chunk) {
            chunk.getMeta_data().unsetEncoding_stats();
        }
    },
    NO_ROW_GROUP_POSITIONS {
        @Override
        void apply(FileMetaData footer) {
            for (RowGroup group : footer.getRow_groups()) {
                group.unsetFile_offset();
                group.unsetOrdinal();
                group.unsetTotal_compressed_size();
            }
        }
    },
    NO_FIELD_IDS {
        @Override
        void apply(FileMetaData footer) {
            footer.getSchema().forEach(SchemaElement::unsetField_id);
        }
    },
    NO_LOGICAL_TYPES {
        @Override
        void apply(FileMetaData footer) {
            footer.getSchema().stream()
                    .filter(SchemaElement::isSetConverted_type)
                    .forEach(SchemaElement::unsetLogicalType);
        }
    };

    private static final int TRAILER = 8;

    void apply(ColumnChunk chunk) {}

    void apply(FileMetaData footer) {
        footer.getRow_groups().forEach(group -> group.getColumns().forEach(this::apply));
    }

    static FileMetaData footer(byte[] file) {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TRAILER);
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(file, file.length - TRAILER - length, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with another footer. */
    static byte[] apply(byte[] file, Set<FooterChange> changes) {
        if (changes.isEmpty()) {
            return file;
        }
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TRAILER);
        int start = file.length - TRAILER - length;
        FileMetaData footer = footer(file);
        try {
            changes.forEach(change -> change.apply(footer));
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            changed.write(file, 0, start);
            Util.writeFileMetaData(footer, changed);
            ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
            trailer.putInt(changed.size() - start).put(file, file.length - 4, 4);
            changed.writeBytes(trailer.array());
            return changed.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
