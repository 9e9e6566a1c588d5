package io.spangraph.iceberg.read;

import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.util.SerializableSupplier;
import org.apache.parquet.hadoop.ParquetInputFormat;

/**
 * A file whose reads are counted; its streams can read ranges where the storage's can. Where Iceberg's own reader reads it
 * as Parquet, it takes its options from here: that pages are held against their checksums.
 */
record CountingInputFile(InputFile file, CountingFileIO io) implements InputFile, HadoopConfigurable {
    private static final Configuration OPTIONS = options();

    private static Configuration options() {
        Configuration options = new Configuration(false);
        options.setBoolean(ParquetInputFormat.PAGE_VERIFY_CHECKSUM_ENABLED, true);
        return options;
    }

    @Override
    public Configuration getConf() {
        return OPTIONS;
    }

    @Override
    public void serializeConfWith(Function<Configuration, SerializableSupplier<Configuration>> serializer) {
        throw new UnsupportedOperationException("a scan's files stay in its process");
    }

    @Override
    public long getLength() {
        io.poll();
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
        io.poll();
        SeekableInputStream stream = file.newStream();
        SeekableInputStream counting = stream instanceof RangeReadable ranges
                ? new CountingRangeStream(stream, ranges, io)
                : new CountingStream(stream, io);
        io.opened(counting);
        return counting;
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }
}
