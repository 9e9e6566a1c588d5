package io.spangraph.iceberg.damage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/** What each byte of a Parquet file belongs to. */
final class FileMap {
    private static final int TRAILER = 8;

    /** The parts of a file. */
    enum Region {
        MAGIC,
        DICTIONARY_HEADER,
        DICTIONARY,
        PAGE_HEADER,
        PAGE,
        BLOOM_FILTER,
        COLUMN_INDEX,
        OFFSET_INDEX,
        FOOTER,
        TRAILER
    }

    /**
     * One part.
     *
     * @param column the position of its column in the file, or -1
     * @param firstRow the first of the rows whose values it holds or describes
     * @param endRow one behind the last of them
     */
    record Part(Region region, int column, long firstRow, long endRow) {}

    private final Part[] parts;

    private FileMap(int length) {
        this.parts = new Part[length];
    }

    Part at(int position) {
        return parts[position];
    }

    static FileMap of(byte[] file) {
        FileMap map = new FileMap(file.length);
        int footerLength = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TRAILER);
        int footer = file.length - TRAILER - footerLength;
        // What nothing else claims lies between the chunks and the footer: bloom filters.
        map.fill(0, file.length, new Part(Region.BLOOM_FILTER, -1, 0, 0));
        map.fill(0, 4, new Part(Region.MAGIC, -1, 0, 0));
        map.fill(footer, footer + footerLength, new Part(Region.FOOTER, -1, 0, 0));
        map.fill(file.length - TRAILER, file.length, new Part(Region.TRAILER, -1, 0, 0));
        try {
            FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(file, footer, footerLength));
            long row = 0;
            for (RowGroup group : metadata.getRow_groups()) {
                for (int column = 0; column < group.getColumnsSize(); column++) {
                    map.chunk(file, group.getColumns().get(column), column, row, row + group.getNum_rows());
                }
                row += group.getNum_rows();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return map;
    }

    private void fill(long from, long to, Part part) {
        Arrays.fill(parts, (int) from, (int) to, part);
    }

    private void chunk(byte[] file, ColumnChunk chunk, int column, long firstRow, long endRow) throws IOException {
        if (chunk.isSetColumn_index_offset()) {
            long at = chunk.getColumn_index_offset();
            fill(at, at + chunk.getColumn_index_length(), new Part(Region.COLUMN_INDEX, column, firstRow, endRow));
        }
        if (chunk.isSetOffset_index_offset()) {
            long at = chunk.getOffset_index_offset();
            fill(at, at + chunk.getOffset_index_length(), new Part(Region.OFFSET_INDEX, column, firstRow, endRow));
        }
        ColumnMetaData data = chunk.getMeta_data();
        long at = data.isSetDictionary_page_offset()
                ? Math.min(data.getDictionary_page_offset(), data.getData_page_offset())
                : data.getData_page_offset();
        long end = at + data.getTotal_compressed_size();
        long row = firstRow;
        while (at < end) {
            ByteArrayInputStream rest = new ByteArrayInputStream(file, (int) at, (int) (end - at));
            PageHeader header = Util.readPageHeader(rest);
            long body = end - rest.available();
            long next = body + header.getCompressed_page_size();
            boolean dictionary = header.getType() == PageType.DICTIONARY_PAGE;
            long rows = dictionary ? endRow - firstRow : rows(header);
            fill(
                    at,
                    body,
                    new Part(dictionary ? Region.DICTIONARY_HEADER : Region.PAGE_HEADER, column, row, row + rows));
            fill(body, next, new Part(dictionary ? Region.DICTIONARY : Region.PAGE, column, row, row + rows));
            row += dictionary ? 0 : rows;
            at = next;
        }
    }

    /** Of a flat column, which has a value or a null for each row. */
    private static long rows(PageHeader header) {
        return header.getType() == PageType.DATA_PAGE_V2
                ? header.getData_page_header_v2().getNum_rows()
                : header.getData_page_header().getNum_values();
    }
}
