package io.spangraph.iceberg.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file on a local disk as Iceberg writes it; the folders above it are made when it is created. */
record LocalOutputFile(String location, Path path) implements OutputFile {

    @Override
    public PositionOutputStream create() {
        return open(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return open(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    @Override
    public InputFile toInputFile() {
        return new LocalInputFile(location, path);
    }

    private PositionOutputStream open(OpenOption... options) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            return new LocalOutputStream(Files.newOutputStream(path, options));
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "File already exists: %s", location);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + location, e);
        }
    }
}
