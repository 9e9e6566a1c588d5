package io.spangraph.iceberg.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Iceberg's files on a local disk, with positional reads and no Hadoop file system: Hadoop's own would bring its
 * configuration, its security classes and checksum files beside each data file. A catalog names it as {@code io-impl}.
 */
public final class LocalFileIO implements FileIO {

    private static final String SCHEME = "file:";

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInputFile(location, path(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutputFile(location, path(location));
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.delete(path(location));
        } catch (NoSuchFileException e) {
            throw new NotFoundException(e, "No such file: %s", location);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + location, e);
        }
    }

    /** The path that a location stands for; engines write {@code /lake/x}, {@code file:/lake/x} and {@code file:///lake/x}. */
    static Path path(String location) {
        if (!location.startsWith(SCHEME)) {
            if (location.contains("://")) {
                throw new IllegalArgumentException("Expected a local path or a file: location, found " + location);
            }
            return Path.of(location);
        }
        String rest = location.substring(SCHEME.length());
        return Path.of(rest.startsWith("//") ? rest.substring(2) : rest);
    }
}
