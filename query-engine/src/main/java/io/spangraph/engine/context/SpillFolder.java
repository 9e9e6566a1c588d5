package io.spangraph.engine.context;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder of one process within a directory that several may share. It is locked as long as the process lives, so that
 * another one knows which folders were left behind.
 */
final class SpillFolder {
    private static final String PREFIX = "spangraph-";
    private static final String LOCK = "lock";
    private static final String DIRECTORY_LOCK = ".spangraph-spill.lock";
    private static final StandardOpenOption[] NEW_FILE = {
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE
    };

    /**
     * Folders of this process. They are not asked for their lock: to close a file, even one that was opened to ask, gives up
     * all locks that the process has on it.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel lock;

    private SpillFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes a folder of its own, and deletes those whose process has ended. */
    @SuppressWarnings("try") // the lock is held and not used
    static synchronized SpillFolder open(Path directory) throws IOException {
        Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
        requireOwn(directory);
        Path real = directory.toRealPath();
        // One process at a time, so that none deletes a folder that another is about to lock.
        try (FileChannel turn = lockFile(real.resolve(DIRECTORY_LOCK));
                FileLock held = turn.lock()) {
            deleteAbandoned(real);
            Path folder = Files.createTempDirectory(real, PREFIX, ownerOnly(real, "rwx------"));
            OURS.add(folder);
            FileChannel lock = lockFile(folder.resolve(LOCK));
            lock.lock();
            return new SpillFolder(folder, lock);
        }
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                ownerOnly(file, "rw-------"));
    }

    /** In a directory that somebody else owns, they could read what is put there. */
    private static void requireOwn(Path directory) throws IOException {
        if (!Files.isWritable(directory)) {
            throw new IOException("the directory " + directory + " cannot be written to");
        }
        if (isPosix(directory)) {
            String owner = Files.getOwner(directory).getName();
            String self = System.getProperty("user.name");
            if (!owner.equals(self) && !self.equals("root") && !self.equals("?")) {
                throw new IOException("the directory " + directory + " belongs to " + owner + ", not to " + self);
            }
        }
    }

    private static void deleteAbandoned(Path directory) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(directory)) {
            folders = found.filter(path -> path.getFileName().toString().startsWith(PREFIX)
                            && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path folder : folders) {
            if (!OURS.contains(folder) && isAbandoned(folder)) {
                delete(folder);
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            // Nothing but a process that ended between making the folder and locking it leaves that.
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (NoSuchFileException gone) {
            return true;
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    FileChannel newFile() throws IOException {
        Path file = folder.resolve(UUID.randomUUID() + ".rows");
        return FileChannel.open(file, Set.of(NEW_FILE), ownerOnly(file, "rw-------"));
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    void close() throws IOException {
        OURS.remove(folder);
        lock.close();
        delete(folder);
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
