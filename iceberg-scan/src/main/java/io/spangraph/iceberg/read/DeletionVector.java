package io.spangraph.iceberg.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.IOUtil;
import org.apache.iceberg.io.InputFile;

/**
 * Reads deletion vectors, and holds each against its checksum before Iceberg decodes it: decoding comes first there, and a
 * wrong count of bitmaps has taken all memory before the checksum is looked at.
 */
final class DeletionVector {
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private DeletionVector() {}

    /** @param path of the data file whose rows it deletes */
    static PositionDeleteIndex read(DeleteFile vector, InputFile file, CharSequence path) {
        Long offset = vector.contentOffset();
        Long size = vector.contentSizeInBytes();
        require(
                offset != null && size != null && size <= Integer.MAX_VALUE,
                vector,
                "from byte " + offset + " on with " + size + " bytes cannot be read");
        require(
                path.toString().equals(vector.referencedDataFile()),
                vector,
                "is for '" + vector.referencedDataFile() + "', not for '" + path + "'");
        byte[] content = new byte[size.intValue()];
        try {
            IOUtil.readFully(file, offset, content, 0, content.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        verify(vector, content);
        return PositionDeleteIndex.deserialize(content, vector);
    }

    /** The length of what the checksum covers, that, and the checksum. */
    private static void verify(DeleteFile vector, byte[] content) {
        int covered = content.length - LENGTH_BYTES - CHECKSUM_BYTES;
        require(covered >= 0, vector, "has only " + content.length + " bytes");
        ByteBuffer numbers = ByteBuffer.wrap(content);
        require(numbers.getInt(0) == covered, vector, "claims " + numbers.getInt(0) + " bytes, of " + covered);
        CRC32 checksum = new CRC32();
        checksum.update(content, LENGTH_BYTES, covered);
        require(
                (int) checksum.getValue() == numbers.getInt(LENGTH_BYTES + covered),
                vector,
                "does not match its checksum");
    }

    private static void require(boolean right, DeleteFile vector, String what) {
        if (!right) {
            throw new IllegalArgumentException("the deletion vector in '" + vector.location() + "' " + what);
        }
    }
}
