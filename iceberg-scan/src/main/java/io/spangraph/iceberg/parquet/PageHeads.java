package io.spangraph.iceberg.parquet;

import java.util.zip.CRC32;
import org.apache.parquet.format.PageHeader;

/** Reads page headers and holds what they say against the chunk: lengths, counts, and the checksum where there is one. */
final class PageHeads {
    private static final int FIRST_TRY = 1 << 10;
    private static final int LARGEST_HEADER = 16 << 20;

    private final RangeReader file;
    private final ColumnChunk chunk;
    private final CRC32 crc = new CRC32();

    PageHeads(RangeReader file, ColumnChunk chunk) {
        this.file = file;
        this.chunk = chunk;
    }

    /**
     * A page in the file.
     *
     * @param position of the header
     * @param body where the header ends
     * @param length of the body, compressed
     */
    record Head(PageHeader header, long position, long body, int length) {
        long end() {
            return body + length;
        }
    }

    /** Reads the header at a position of the chunk. */
    Head read(ChunkBytes bytes, long position) {
        long left = chunk.pages().end() - position;
        // Of what is in memory already, no more is read: with an index that is the whole page.
        int tried = bytes.available(position) > 0 ? bytes.available(position) : (int) Math.min(left, FIRST_TRY);
        while (true) {
            if (left <= 0) {
                throw damage(position, "there are fewer values than rows");
            }
            int offset = bytes.require(position, tried);
            int available = (int) Math.min(left, Math.min(bytes.available(position), LARGEST_HEADER));
            PageHeader header = new PageHeader();
            try {
                int length = Thrift.read(header, bytes.buffer(), offset, available, file, position);
                return checked(header, position, length);
            } catch (Thrift.TooShort tooShort) {
                if (available == left || available >= LARGEST_HEADER) {
                    throw damage(position, "unreadable page header");
                }
                tried = (int) Math.min(left, Math.min(LARGEST_HEADER, Math.max(FIRST_TRY, 4L * available)));
            }
        }
    }

    private Head checked(PageHeader header, long position, int headerLength) {
        int compressed = header.getCompressed_page_size();
        long body = position + headerLength;
        if (compressed < 0 || compressed > chunk.pages().end() - body) {
            throw damage(
                    position,
                    "it claims " + compressed + " bytes, of at most "
                            + (chunk.pages().end() - body));
        }
        long most = Math.max(chunk.uncompressedBytes(), compressed);
        int uncompressed = header.getUncompressed_page_size();
        if (uncompressed < 0 || uncompressed > most || uncompressed > Integer.MAX_VALUE - 1024) {
            throw damage(position, "it claims " + uncompressed + " bytes when decompressed, of at most " + most);
        }
        return new Head(header, position, body, compressed);
    }

    void verifyChecksum(Head head, byte[] buffer, int offset) {
        if (!head.header().isSetCrc()) {
            return;
        }
        crc.reset();
        crc.update(buffer, offset, head.length());
        if ((int) crc.getValue() != head.header().getCrc()) {
            throw damage(head.position(), "its checksum does not match");
        }
    }

    ParquetDamage damage(long position, String what) {
        return new ParquetDamage(file, position, "page of " + chunk + ": " + what);
    }
}
