package io.spangraph.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of several tenants may lie there: nobody else can read them, and nothing stays behind. */
class SpillSpaceTest {
    @TempDir
    private Path parent;

    @Test
    void onlyTheOwnerCanLookInside() throws IOException {
        Path directory = parent.resolve("a/b");
        try (SpillSpace space = SpillSpace.open(directory, 1000);
                FileChannel file = space.newFile()) {
            file.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            Path folder = folders(directory).getFirst();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
        assertThat(folders(directory)).isEmpty();
    }

    @Test
    void filesGoWithTheirChannel() throws IOException {
        try (SpillSpace space = SpillSpace.open(parent, 1000)) {
            space.newFile().close();
            try (Stream<Path> files = Files.list(folders(parent).getFirst())) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly("lock");
            }
        }
    }

    @Test
    void whatADeadProcessLeftIsDeletedAndALivingOneIsLeftAlone() throws IOException {
        Path dead = Files.createDirectories(parent.resolve("spangraph-dead"));
        Files.write(dead.resolve("lock"), new byte[0]);
        Files.write(dead.resolve("old.rows"), new byte[] {1, 2, 3});
        Files.createDirectories(parent.resolve("spangraph-unlocked"));
        Path foreign = Files.createDirectories(parent.resolve("somebody-elses"));
        Path target = Files.createDirectories(parent.resolve("target"));
        Files.write(target.resolve("kept"), new byte[] {1});
        Files.createSymbolicLink(parent.resolve("spangraph-link"), target);
        Files.createSymbolicLink(dead.resolve("link"), target);
        try (SpillSpace living = SpillSpace.open(parent, 1000);
                FileChannel file = living.newFile();
                SpillSpace other = SpillSpace.open(parent, 1000)) {
            assertThat(folders(parent)).hasSize(2);
            assertThat(dead).doesNotExist();
            assertThat(foreign).exists();
            assertThat(target.resolve("kept")).exists();
            file.write(ByteBuffer.wrap(new byte[] {1}));
            other.newFile().close();
        }
        assertThat(folders(parent)).isEmpty();
    }

    @Test
    void whatCannotBeADirectoryIsNamed() throws IOException {
        Path file = Files.write(parent.resolve("file"), new byte[0]);
        assertThatThrownBy(() -> SpillSpace.open(file, 1000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void withoutRoomTheDirectoryIsLeftAlone() throws IOException {
        Path directory = parent.resolve("unused");
        try (SpillSpace space = SpillSpace.open(directory, 0)) {
            assertThat(space.isAvailable()).isFalse();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void aFullDiskIsNoDefectOfTheServer() {
        QueryException full = SpillSpace.failure("write", new IOException("No space left on device"));
        assertThat(full.code()).isEqualTo(QueryErrorCode.SPILL_LIMIT);
        assertThat(full).hasMessageContaining("spill.directory");
        QueryException other = SpillSpace.failure("write", new IOException("Input/output error"));
        assertThat(other.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE);
    }

    private static List<Path> folders(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(path ->
                            path.getFileName().toString().startsWith("spangraph-") && !Files.isSymbolicLink(path))
                    .toList();
        }
    }
}
