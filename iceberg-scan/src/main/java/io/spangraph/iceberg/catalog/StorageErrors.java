package io.spangraph.iceberg.catalog;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.table.TableName;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.exceptions.NotFoundException;

/** What storage libraries throw, as errors that name the file and say what to do. */
public final class StorageErrors {
    private static final int MAX_REASON = 200;

    private StorageErrors() {}

    /** An error while a data file, or one of the delete files that apply to it, was read. */
    public static QueryException ofFile(TableName table, String location, Throwable error) {
        Optional<QueryException> typed = typed(error);
        if (typed.isPresent()) {
            return typed.get();
        }
        if (isMissing(error)) {
            return QueryException.of(
                            QueryErrorCode.STORAGE_CORRUPT,
                            "A file of table '" + table + "' is missing, while '" + location + "' was read: "
                                    + reason(error) + ".")
                    .withHint("It was deleted, or its snapshot expired while the query ran: run the query again, and"
                            + " restore the file if the error stays.")
                    .causedBy(error);
        }
        if (!anyCause(error, cause -> isThrift(cause) || cause instanceof EOFException)
                && anyCause(error, cause -> cause instanceof StorageFailure || cause instanceof UncheckedIOException)) {
            return unavailable("File '" + location + "' of table '" + table + "'", error);
        }
        return QueryException.of(
                        QueryErrorCode.STORAGE_CORRUPT,
                        "File '" + location + "' of table '" + table + "' is damaged or not what the table's metadata"
                                + " say: " + reason(error) + ".")
                .withHint("Restore the file, or roll the table back to a snapshot without it.")
                .causedBy(error);
    }

    /** An error while the manifests of a snapshot were read. */
    public static QueryException ofMetadata(TableName table, long snapshotId, Throwable error) {
        Optional<QueryException> typed = typed(error);
        if (typed.isPresent()) {
            return typed.get();
        }
        String what = "Metadata of snapshot " + snapshotId + " of table '" + table + "'";
        if (isMissing(error)) {
            return QueryException.of(QueryErrorCode.STORAGE_CORRUPT, what + " are missing: " + reason(error) + ".")
                    .withHint("The snapshot expired or a file was deleted by hand: run the query again, and restore the"
                            + " file if the error stays.")
                    .causedBy(error);
        }
        if (isUnavailable(error)) {
            return unavailable(what, error);
        }
        return QueryException.of(QueryErrorCode.STORAGE_CORRUPT, what + " are damaged: " + reason(error) + ".")
                .withHint("Restore the metadata files, or roll the table back to another snapshot.")
                .causedBy(error);
    }

    /** A snapshot that the table has no more, with which its files may be gone. */
    public static QueryException expired(TableName table, long snapshotId) {
        return QueryException.of(
                        QueryErrorCode.STORAGE_UNAVAILABLE,
                        "Snapshot " + snapshotId + " of table '" + table + "' is not there any more.")
                .withHint(
                        "It expired, or the table was made anew. Run the query again; to keep snapshots for longer, let"
                                + " them expire later or tag them.");
    }

    private static QueryException unavailable(String what, Throwable error) {
        return QueryException.of(
                        QueryErrorCode.STORAGE_UNAVAILABLE, what + " cannot be read now: " + reason(error) + ".")
                .withHint("Check that the storage is reachable and that the credentials are valid, then try again.")
                .causedBy(error);
    }

    /** An error that already says all, under whatever the libraries wrapped it in. */
    private static Optional<QueryException> typed(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof QueryException typed) {
                return Optional.of(typed);
            }
        }
        return Optional.empty();
    }

    /** Whether a file was not found. */
    public static boolean isMissing(Throwable error) {
        return anyCause(
                error,
                cause -> cause instanceof NotFoundException
                        || cause instanceof NoSuchFileException
                        || cause instanceof FileNotFoundException);
    }

    /** Manifests are Avro files, and Avro says with an IOException of its own that a file is none. */
    private static boolean isAvro(Throwable cause) {
        return cause.getClass().getPackageName().startsWith("org.apache.avro");
    }

    /** A footer or page header that cannot be decoded: Parquet wraps it as if the reading itself had failed. */
    private static boolean isThrift(Throwable cause) {
        return cause.getClass().getPackageName().startsWith("shaded.parquet.org.apache.thrift");
    }

    /** Input and output failed, and not because of what the file holds. */
    private static boolean isUnavailable(Throwable error) {
        return anyCause(error, cause -> cause instanceof IOException)
                && !anyCause(error, cause -> cause instanceof EOFException || isAvro(cause));
    }

    private static boolean anyCause(Throwable error, Predicate<Throwable> test) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (test.test(at)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable error) {
        if (error instanceof StackOverflowError) {
            return "its structure has no end";
        }
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = Optional.ofNullable(innermost.getMessage())
                .orElse(innermost.getClass().getSimpleName());
        String line = message.strip().replaceAll("\\s+", " ");
        String text = line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "..." : line;
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
