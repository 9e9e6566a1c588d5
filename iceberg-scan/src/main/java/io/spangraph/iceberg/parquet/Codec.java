package io.spangraph.iceberg.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Decompresses pages, from one array into another, never beyond the length that the page claims. */
final class Codec {
    private static final int GZIP_HEADER = 10;
    private static final int GZIP_TRAILER = 8;
    private static final int GZIP_HEADER_CHECKSUM = 2;
    private static final int GZIP_EXTRA = 4;
    private static final int GZIP_NAME = 8;
    private static final int GZIP_COMMENT = 16;

    private Codec() {}

    /** The compressed bytes are not what they claim to be. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        Malformed(String what) {
            super(what);
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    static boolean known(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /** Fills the target; anything but exactly its length is malformed. */
    static void decompress(
            CompressionCodec codec,
            byte[] source,
            int offset,
            int length,
            byte[] target,
            int targetOffset,
            int targetLength,
            Scratch scratch)
            throws Malformed {
        int produced = switch (codec) {
            case UNCOMPRESSED -> copy(source, offset, length, target, targetOffset, targetLength);
            case SNAPPY -> snappy(source, offset, length, target, targetOffset, targetLength);
            case GZIP -> gzip(source, offset, length, target, targetOffset, targetLength);
            case ZSTD -> zstd(source, offset, length, target, targetOffset, targetLength, scratch);
            case LZ4_RAW -> lz4(source, offset, length, target, targetOffset, targetLength);
            case LZO, BROTLI, LZ4 -> throw new IllegalArgumentException("checked before: " + codec);
        };
        if (produced != targetLength) {
            throw new Malformed("it decompresses to " + produced + " bytes instead of " + targetLength);
        }
    }

    private static int copy(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
        System.arraycopy(source, offset, target, targetOffset, Math.min(length, targetLength));
        return length;
    }

    private static int zstd(
            byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength, Scratch scratch)
            throws Malformed {
        try {
            return scratch.zstd().decompressByteArray(target, targetOffset, targetLength, source, offset, length);
        } catch (ZstdException wrong) {
            throw new Malformed("zstd: " + Zstd.getErrorName(wrong.getErrorCode()));
        } finally {
            // Its context is in use up to here, even if nobody else holds the buffers any more.
            Reference.reachabilityFence(scratch);
        }
    }

    private static int snappy(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws Malformed {
        try {
            // The native code writes as many bytes as the source claims: ask before it does.
            int claimed = Snappy.uncompressedLength(source, offset, length);
            return claimed == targetLength ? Snappy.uncompress(source, offset, length, target, targetOffset) : claimed;
        } catch (IOException | RuntimeException wrong) {
            throw new Malformed("snappy: " + wrong.getMessage());
        }
    }

    private static int lz4(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws Malformed {
        try {
            return new Lz4Decompressor().decompress(source, offset, length, target, targetOffset, targetLength);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new Malformed("lz4: " + wrong.getMessage());
        }
    }

    /** Members one after the other, as the format allows. */
    private static int gzip(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
            throws Malformed {
        Inflater inflater = new Inflater(true);
        try {
            int at = offset;
            int end = offset + length;
            int produced = 0;
            while (at < end) {
                at = afterGzipHeader(source, at, end);
                inflater.reset();
                inflater.setInput(source, at, end - at);
                while (!inflater.finished()) {
                    int more = inflater.inflate(target, targetOffset + produced, targetLength - produced);
                    produced += more;
                    if (more == 0 && !inflater.finished()) {
                        throw new Malformed("gzip: ends too early or is longer than it claims");
                    }
                }
                at += Math.toIntExact(inflater.getBytesRead()) + GZIP_TRAILER;
            }
            return produced;
        } catch (DataFormatException wrong) {
            throw new Malformed("gzip: " + wrong.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static int afterGzipHeader(byte[] source, int start, int end) throws Malformed {
        if (end - start < GZIP_HEADER || (LittleEndian.intAt(source, start) & 0xFFFFFF) != 0x088b1f) {
            throw new Malformed("gzip: unreadable header");
        }
        int flags = source[start + 3];
        int at = start + GZIP_HEADER;
        if ((flags & GZIP_EXTRA) != 0 && at + 2 <= end) {
            at += 2 + (source[at] & 0xFF) + ((source[at + 1] & 0xFF) << 8);
        }
        at = (flags & GZIP_NAME) != 0 ? afterZero(source, at, end) : at;
        at = (flags & GZIP_COMMENT) != 0 ? afterZero(source, at, end) : at;
        at += (flags & GZIP_HEADER_CHECKSUM) != 0 ? 2 : 0;
        if (at > end) {
            throw new Malformed("gzip: unreadable header");
        }
        return at;
    }

    private static int afterZero(byte[] source, int start, int end) {
        int at = start;
        while (at < end && source[at] != 0) {
            at++;
        }
        return at + 1;
    }
}
