package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.PageHeads.Head;
import java.util.Optional;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;

/** Reads the page that holds a dictionary. */
final class DictionaryPage {
    private DictionaryPage() {}

    static Optional<Dictionary> read(RangeReader file, ColumnChunk chunk, Scratch scratch, DecodeCounts counts) {
        PageHeads heads = new PageHeads(file, chunk);
        byte[] page = new byte[0];
        try (ChunkBytes bytes = new ChunkBytes(file, chunk, scratch)) {
            bytes.want(chunk.firstDataPage());
            Head head = heads.read(bytes, chunk.start());
            if (head.header().getType() != PageType.DICTIONARY_PAGE) {
                return Optional.empty();
            }
            if (!head.header().isSetDictionary_page_header()) {
                throw heads.damage(head.position(), "it has no header of a dictionary");
            }
            int body = bytes.require(head.body(), head.length());
            heads.verifyChecksum(head, bytes.buffer(), body);
            int size = head.header().getUncompressed_page_size();
            page = scratch.take(size + Bits.PADDING);
            counts.dictionaryRead();
            try {
                if (size > 0) {
                    Codec.decompress(chunk.codec(), bytes.buffer(), body, head.length(), page, 0, size, scratch);
                }
                return Optional.of(parse(file, chunk, head.header().getDictionary_page_header(), page, size));
            } catch (Codec.Malformed | Corrupt | IndexOutOfBoundsException corrupt) {
                throw new ParquetDamage(
                        file, head.position(), "dictionary of " + chunk + ": " + corrupt.getMessage(), corrupt);
            }
        } finally {
            scratch.give(page);
        }
    }

    private static Dictionary parse(
            RangeReader file, ColumnChunk chunk, DictionaryPageHeader header, byte[] page, int size) {
        Leaf leaf = chunk.leaf();
        int entries = header.getNum_values();
        int smallest = leaf.width() == 0 ? Integer.BYTES : leaf.width();
        if (header.getEncoding() != Encoding.PLAIN && header.getEncoding() != Encoding.PLAIN_DICTIONARY) {
            throw new Corrupt("entries in encoding " + header.getEncoding());
        }
        if (entries < 0 || (long) entries * smallest > size) {
            throw new Corrupt("it claims " + entries + " entries in " + size + " bytes");
        }
        ValueDecoder decoder;
        Dictionary dictionary;
        if (leaf.binary()) {
            BytesSink sink = new BytesSink(entries, 0, file);
            decoder = new PlainBytes(leaf.typeLength(), page, 0, size);
            decoder.bytes(sink, entries);
            dictionary = Dictionary.ofBytes(sink.data(), sink.offsets());
        } else if (leaf.physical() == PhysicalType.FLOAT || leaf.physical() == PhysicalType.DOUBLE) {
            double[] values = new double[entries];
            decoder = new PlainNumbers(leaf.physical(), page, 0, size);
            decoder.doubles(values, 0, entries);
            dictionary = Dictionary.ofDoubles(values);
        } else if (leaf.physical() == PhysicalType.BOOLEAN) {
            throw new Corrupt("a dictionary of booleans");
        } else {
            long[] values = new long[entries];
            decoder = new PlainNumbers(leaf.physical(), page, 0, size);
            decoder.longs(values, 0, entries);
            dictionary = Dictionary.ofLongs(values);
        }
        if (!decoder.atEnd()) {
            throw new Corrupt("it has more bytes than its " + entries + " entries need");
        }
        return dictionary;
    }
}
