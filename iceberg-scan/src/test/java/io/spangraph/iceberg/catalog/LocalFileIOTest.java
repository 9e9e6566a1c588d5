package io.spangraph.iceberg.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileIOTest {

    @TempDir
    private Path directory;

    private final FileIO io = new LocalFileIO();

    @Test
    void makesTheFoldersAboveANewFileAndReadsItByPosition() throws IOException {
        String location = write("deep/er/file.bin", "0123456789");

        assertThat(io.newInputFile(location).getLength()).isEqualTo(10);
        try (SeekableInputStream stream = io.newInputFile("file:" + location).newStream()) {
            byte[] range = new byte[3];
            ((RangeReadable) stream).readFully(4, range, 0, 3);
            assertThat(new String(range, StandardCharsets.UTF_8)).isEqualTo("456");
            assertThat(stream.getPos()).isZero();
            stream.seek(8);
            assertThat(stream.readAllBytes()).containsExactly('8', '9');
            assertThat(((RangeReadable) stream).readTail(new byte[64], 0, 64)).isEqualTo(10);
        }
    }

    @Test
    void refusesToReadPastTheEnd() throws IOException {
        String location = write("short.bin", "01");

        try (SeekableInputStream stream = io.newInputFile(location).newStream()) {
            assertThatThrownBy(() -> ((RangeReadable) stream).readFully(1, new byte[5], 0, 5))
                    .isInstanceOf(EOFException.class)
                    .hasMessage("Expected 5 bytes at 1, the file ends at 2");
        }
    }

    @Test
    void namesTheFileThatIsMissingOrInTheWay() throws IOException {
        String location = write("here.bin", "0");
        String missing = directory.resolve("missing.bin").toString();

        assertThatThrownBy(() -> io.newInputFile(missing).newStream())
                .isInstanceOf(NotFoundException.class)
                .hasMessage("No such file: " + missing);
        assertThatThrownBy(() -> io.deleteFile(missing))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("No such file: " + missing);
        assertThatThrownBy(() -> io.newOutputFile(location).create())
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("File already exists: " + location);
        io.deleteFile(location);
        assertThat(io.newInputFile(location).exists()).isFalse();
    }

    @Test
    void understandsTheSpellingsOfALocalLocationAndRefusesOthers() {
        assertThat(LocalFileIO.path("/lake/x")).isEqualTo(Path.of("/lake/x"));
        assertThat(LocalFileIO.path("file:/lake/x")).isEqualTo(Path.of("/lake/x"));
        assertThat(LocalFileIO.path("file:///lake/x")).isEqualTo(Path.of("/lake/x"));
        assertThatThrownBy(() -> LocalFileIO.path("s3://bucket/x"))
                .hasMessage("Expected a local path or a file: location, found s3://bucket/x");
    }

    private String write(String name, String text) throws IOException {
        String location = directory.resolve(name).toString();
        try (OutputStream stream = io.newOutputFile(location).create()) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return location;
    }
}
