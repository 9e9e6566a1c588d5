package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.PageHeads.Head;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.jspecify.annotations.Nullable;

/** Unpacks a data page: decompresses it, and sets up the decoders of its levels and of its values. */
final class DataPage {
    /** Decoders of a page; without levels no row is null. */
    record Decoders(@Nullable Runs levels, ValueDecoder values) {}

    private final RangeReader file;
    private final ColumnChunk chunk;
    private final PageHeads heads;
    private final Supplier<Optional<Dictionary>> dictionary;
    private final Scratch scratch;
    private byte[] target;
    /** Where the page that was opened last lies, decompressed. */
    private byte[] unpacked = new byte[0];

    private int unpackedStart;
    private int unpackedLength;

    DataPage(
            RangeReader file,
            ColumnChunk chunk,
            PageHeads heads,
            Supplier<Optional<Dictionary>> dictionary,
            Scratch scratch) {
        this.file = file;
        this.chunk = chunk;
        this.heads = heads;
        this.dictionary = dictionary;
        this.scratch = scratch;
        this.target = scratch.take(0);
    }

    /** Gives the buffer back; decoders of the last page must not be used any more. */
    void close() {
        scratch.give(target);
        target = new byte[0];
        unpacked = target;
    }

    static int values(Head head) {
        return head.header().getType() == PageType.DATA_PAGE_V2
                ? head.header().getData_page_header_v2().getNum_values()
                : head.header().getData_page_header().getNum_values();
    }

    /** @param body where the page's bytes start in the buffer, which has some bytes to spare behind them */
    Decoders open(Head head, byte[] buffer, int body) {
        heads.verifyChecksum(head, buffer, body);
        unpackedLength = head.header().getUncompressed_page_size();
        if (head.header().getType() == PageType.DATA_PAGE_V2) {
            unpackSecond(head, head.header().getData_page_header_v2(), buffer, body);
        } else {
            unpackFirst(head, buffer, body);
        }
        return decoders(head, unpacked, unpackedStart);
    }

    /** A page that was opened before. */
    Decoders open(KeptPages.Page page) {
        return decoders(page.head(), page.data(), 0);
    }

    private Decoders decoders(Head head, byte[] data, int start) {
        int end = start + head.header().getUncompressed_page_size();
        return head.header().getType() == PageType.DATA_PAGE_V2
                ? openSecond(head, head.header().getData_page_header_v2(), data, start, end)
                : openFirst(head, head.header().getData_page_header(), data, start, end);
    }

    /** Bytes of the page that was opened last. */
    int length() {
        return unpackedLength;
    }

    /** The page that was opened last, for others to open again. */
    KeptPages.Page copy(Head head) {
        byte[] data = new byte[unpackedLength + Bits.PADDING];
        System.arraycopy(unpacked, unpackedStart, data, 0, unpackedLength);
        return new KeptPages.Page(head, data);
    }

    /** Version 1: levels and values are compressed together. */
    private void unpackFirst(Head head, byte[] buffer, int body) {
        int size = head.header().getUncompressed_page_size();
        unpacked = buffer;
        unpackedStart = body;
        if (chunk.codec() == CompressionCodec.UNCOMPRESSED) {
            if (size != head.length()) {
                throw new Corrupt("it has " + head.length() + " bytes, but claims " + size);
            }
        } else {
            decompress(buffer, body, head.length(), 0, size);
            unpacked = target;
            unpackedStart = 0;
        }
    }

    private Decoders openFirst(Head head, DataPageHeader header, byte[] data, int from, int end) {
        int start = from;
        Runs levels = null;
        if (chunk.leaf().optional()) {
            if (header.getDefinition_level_encoding() == Encoding.BIT_PACKED) {
                int bytes = (header.getNum_values() + 7) / 8;
                levels = bitPacked(data, start, end, bytes);
                start += bytes;
            } else if (header.getDefinition_level_encoding() == Encoding.RLE) {
                int bytes = end - start < Integer.BYTES ? -1 : LittleEndian.intAt(data, start);
                start += Integer.BYTES;
                if (bytes < 0 || bytes > end - start) {
                    throw new Corrupt("its levels claim " + bytes + " bytes");
                }
                levels = new Runs(data, start, start + bytes, 1);
                start += bytes;
            } else {
                throw new Corrupt("levels in encoding " + header.getDefinition_level_encoding());
            }
        }
        return new Decoders(levels, decoder(head, header.getEncoding(), data, start, end));
    }

    /** The old levels: one bit each like the bitmaps, but the highest bit of a byte first. */
    private static Runs bitPacked(byte[] data, int start, int end, int bytes) {
        if (bytes > end - start) {
            throw new Corrupt("it ends within its levels");
        }
        byte[] turned = new byte[bytes + Bits.PADDING];
        for (int i = 0; i < bytes; i++) {
            turned[i] = (byte) (Integer.reverse(data[start + i]) >>> 24);
        }
        return Runs.ofBitmap(turned, 0, bytes);
    }

    /** Version 2: levels come first and are never compressed. */
    private void unpackSecond(Head head, DataPageHeaderV2 header, byte[] buffer, int body) {
        int size = head.header().getUncompressed_page_size();
        int levelBytes = header.getDefinition_levels_byte_length();
        if (header.getRepetition_levels_byte_length() != 0
                || levelBytes < 0
                || levelBytes > size
                || levelBytes > head.length()
                || !chunk.leaf().optional() && levelBytes != 0
                || header.getNum_rows() != header.getNum_values()
                || header.getNum_nulls() < 0
                || header.getNum_nulls() > header.getNum_values()) {
            throw new Corrupt("it claims " + levelBytes + " bytes of levels, " + header.getNum_nulls() + " nulls and "
                    + header.getNum_values() + " values in " + header.getNum_rows() + " rows");
        }
        unpacked = buffer;
        unpackedStart = body;
        if (chunk.codec() == CompressionCodec.UNCOMPRESSED || !header.isIs_compressed()) {
            if (size != head.length()) {
                throw new Corrupt("it has " + head.length() + " bytes, but claims " + size);
            }
        } else {
            decompress(buffer, body + levelBytes, head.length() - levelBytes, levelBytes, size - levelBytes);
            System.arraycopy(buffer, body, target, 0, levelBytes);
            unpacked = target;
            unpackedStart = 0;
        }
    }

    private Decoders openSecond(Head head, DataPageHeaderV2 header, byte[] data, int start, int end) {
        int levelBytes = header.getDefinition_levels_byte_length();
        Runs levels = levelBytes == 0 ? null : new Runs(data, start, start + levelBytes, 1);
        if (levels == null && header.getNum_nulls() > 0) {
            throw new Corrupt("it claims nulls, but has no levels");
        }
        return new Decoders(levels, decoder(head, header.getEncoding(), data, start + levelBytes, end));
    }

    private void decompress(byte[] buffer, int body, int length, int at, int size) {
        if (at + size + Bits.PADDING > target.length) {
            scratch.give(target);
            target = new byte[0];
            target = scratch.take(at + size + Bits.PADDING);
        }
        if (size == 0) {
            return;
        }
        try {
            Codec.decompress(chunk.codec(), buffer, body, length, target, at, size, scratch);
        } catch (Codec.Malformed malformed) {
            throw new Corrupt(malformed.what());
        }
    }

    private ValueDecoder decoder(Head head, Encoding encoding, byte[] data, int start, int end) {
        Leaf leaf = chunk.leaf();
        // The header is not covered by the checksum, but what it says of the encoding is in the footer, too.
        if (head.header().isSetCrc() && !listed(encoding)) {
            throw new Corrupt("its encoding " + encoding + " is none of " + chunk.encodings());
        }
        if (start == end) {
            return new ValueDecoder.Nothing("it has no values");
        }
        return switch (encoding) {
            case PLAIN -> plain(leaf, data, start, end);
            case PLAIN_DICTIONARY, RLE_DICTIONARY ->
                // Writers leave out a dictionary that no value refers to.
                dictionary
                        .get()
                        .<ValueDecoder>map(entries -> new DictionaryValues(data, start, end, entries, scratch))
                        .orElseGet(() -> new ValueDecoder.Nothing("it refers to a dictionary that is not there"));
            case RLE -> {
                require(leaf.physical() == PhysicalType.BOOLEAN, encoding);
                yield BooleanValues.runs(data, start, end, scratch);
            }
            case DELTA_BINARY_PACKED -> {
                require(leaf.physical() == PhysicalType.INT32 || leaf.physical() == PhysicalType.INT64, encoding);
                yield new DeltaNumbers(leaf.physical() == PhysicalType.INT32, data, start, end);
            }
            case DELTA_LENGTH_BYTE_ARRAY -> {
                require(leaf.physical() == PhysicalType.BYTE_ARRAY, encoding);
                yield DeltaBytes.lengths(data, start, end);
            }
            case DELTA_BYTE_ARRAY -> {
                require(leaf.binary(), encoding);
                yield DeltaBytes.prefixes(leaf.typeLength(), data, start, end);
            }
            case BYTE_STREAM_SPLIT -> {
                require(leaf.width() > 0 && leaf.physical() != PhysicalType.INT96, encoding);
                yield new SplitNumbers(leaf.physical(), leaf.width(), data, start, end);
            }
            case BIT_PACKED -> throw new Corrupt("values in encoding " + encoding);
        };
    }

    private ValueDecoder plain(Leaf leaf, byte[] data, int start, int end) {
        return switch (leaf.physical()) {
            case BOOLEAN -> BooleanValues.plain(data, start, end, scratch);
            case INT32, INT64, INT96, FLOAT, DOUBLE -> new PlainNumbers(leaf.physical(), data, start, end);
            case BYTE_ARRAY, FIXED -> new PlainBytes(leaf.typeLength(), data, start, end);
        };
    }

    private void require(boolean fits, Encoding encoding) {
        if (!fits) {
            throw new UnsupportedParquet(
                    file, "encoding " + encoding + " for " + chunk.leaf().physical() + " in " + chunk);
        }
    }

    private boolean listed(Encoding encoding) {
        return chunk.encodings().contains(encoding)
                || isDictionary(encoding)
                        && (chunk.encodings().contains(Encoding.PLAIN_DICTIONARY)
                                || chunk.encodings().contains(Encoding.RLE_DICTIONARY));
    }

    static boolean isDictionary(Encoding encoding) {
        return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    }
}
