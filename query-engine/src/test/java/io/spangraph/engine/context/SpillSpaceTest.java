package io.spangraph.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
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
    void aSpaceOfAnotherProcessIsLeftAlone() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
            Path theirs = folders(parent).getFirst();
            try (SpillSpace second = SpillSpace.open(parent, 1000);
                    SpillSpace third = SpillSpace.open(parent, 1000)) {
                assertThat(folders(parent)).hasSize(3).contains(theirs);
                assertThat(second.bytesInUse() + third.bytesInUse()).isZero();
            }
            other.destroyForcibly().waitFor();
            assertThat(theirs).exists();
            try (SpillSpace later = SpillSpace.open(parent, 1000)) {
                assertThat(theirs).doesNotExist();
                assertThat(folders(parent)).hasSize(1);
                assertThat(later.isAvailable()).isTrue();
            }
        } finally {
            other.destroyForcibly();
        }
    }

    /** Another server, until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (SpillSpace space = SpillSpace.open(Path.of(arguments[0]), 1000);
                    FileChannel file = space.newFile()) {
                file.write(ByteBuffer.wrap(new byte[] {1}));
                System.out.println("open");
                // Ends at the latest when the test does.
                int unused = System.in.read();
            }
        }
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
