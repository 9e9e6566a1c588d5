package io.spangraph.iceberg;

import io.spangraph.iceberg.catalog.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * Changes a table without end, in a process of its own: appends, overwrites, deletes by position, by key and by vector,
 * compacts, tags and expires. It knows the rows of each of its snapshots, and writes into a log how many there are and what
 * they add up to.
 */
final class ConcurrentWriter {
    static final Schema LEDGER = new Schema(
            Types.NestedField.required(1, "commit", Types.LongType.get()),
            Types.NestedField.required(2, "key", Types.LongType.get()),
            Types.NestedField.required(3, "amount", Types.LongType.get()),
            Types.NestedField.optional(4, "owner", Types.StringType.get()),
            Types.NestedField.required(5, "region", Types.IntegerType.get()));

    static final String TABLE = "ledger";
    /** A tag that stays where it is. */
    static final String KEPT = "kept";
    /** A tag that moves. */
    static final String AUDIT = "audit";

    private static final int ROWS_OF_A_FILE = 300;
    private static final int MOST_FILES = 12;
    private static final int RETAINED = 3;
    /** The commit before which the table gets a partition. */
    private static final int ADDED_PARTITION = 8;
    /** The commit before which the table gets to the third version of the format. */
    private static final int ADDED_VECTORS = 20;

    private final TestTable table;
    private final Path log;
    private final SplittableRandom random;
    private final List<Written> files = new ArrayList<>();
    private long commits;
    private long nextKey;

    record Row(long commit, long key, long amount, String owner, int region) {
        /** A number that tells rows apart, so that the sum of all tells states apart. */
        long fingerprint() {
            return fingerprint(commit, key, amount);
        }

        static long fingerprint(long commit, long key, long amount) {
            long mixed = (commit * 0x9E3779B97F4A7C15L ^ key) * 0xBF58476D1CE4E5B9L + amount;
            return mixed ^ mixed >>> 31;
        }
    }

    /** A data file with its rows by position, and what has become of them. */
    private static final class Written {
        private final DataFile file;
        private final List<Optional<Row>> rows;
        private Optional<DeleteFile> vector = Optional.empty();

        Written(DataFile file, List<Row> rows) {
            this.file = file;
            this.rows = new ArrayList<>(rows.stream().map(Optional::of).toList());
        }

        List<Row> alive() {
            return rows.stream().flatMap(Optional::stream).toList();
        }
    }

    ConcurrentWriter(TestTable table, Path log, long seed) {
        this.table = table;
        this.log = log;
        this.random = new SplittableRandom(seed);
    }

    static JdbcCatalog catalog(Path folder) {
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                TestLake.CATALOG,
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolve("catalog.db") + "?journal_mode=WAL&busy_timeout=30000",
                        "warehouse",
                        folder.resolve("warehouse").toString(),
                        "jdbc.schema-version",
                        "V1",
                        "io-impl",
                        LocalFileIO.class.getName()));
        return catalog;
    }

    /** Arguments: the folder of the catalog, the log, a seed. Ends when its standard input does. */
    public static void main(String[] arguments) throws IOException {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only its end means anything.
                }
            } catch (IOException e) {
                // So does an error.
            }
            Runtime.getRuntime().halt(0);
        });
        try (JdbcCatalog catalog = catalog(Path.of(arguments[0]))) {
            TestTable table = new TestTable(
                    TestLake.name(TABLE), catalog.loadTable(TableIdentifier.of(TestLake.NAMESPACE, TABLE)));
            ConcurrentWriter writer = new ConcurrentWriter(table, Path.of(arguments[1]), Long.parseLong(arguments[2]));
            writer.begin();
            while (true) {
                writer.step();
            }
        }
    }

    private void begin() throws IOException {
        append();
        append();
        long first = current();
        table.table()
                .manageSnapshots()
                .createTag(KEPT, first)
                .createTag(AUDIT, first)
                .commit();
    }

    private void step() throws IOException {
        if (commits == ADDED_PARTITION) {
            table.table().updateSpec().addField("region").commit();
        }
        if (commits == ADDED_VECTORS) {
            table.table().updateProperties().set("format-version", "3").commit();
        }
        if (files.size() > MOST_FILES) {
            compact();
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> append();
            case 2 -> overwrite();
            case 3, 4 -> deletePositions();
            case 5 -> deleteKeys();
            case 6 -> compact();
            default -> keepHouse();
        }
    }

    /** Lets go of old snapshots and their files, and moves the tag. */
    private void keepHouse() {
        if (random.nextBoolean()) {
            table.table().manageSnapshots().replaceTag(AUDIT, current()).commit();
        }
        table.table()
                .expireSnapshots()
                .retainLast(RETAINED)
                .expireOlderThan(System.currentTimeMillis() + 1)
                .commit();
    }

    private List<Row> newRows(int count) {
        int region = random.nextInt(4);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(commits, nextKey++, random.nextInt(1_000), "owner-" + random.nextInt(20), region));
        }
        return rows;
    }

    private Written write(List<Row> rows) {
        List<Record> records = rows.stream()
                .map(row -> table.row(row.commit(), row.key(), row.amount(), row.owner(), row.region()))
                .toList();
        return new Written(table.write(records), rows);
    }

    private void append() {
        List<Written> added = new ArrayList<>();
        var append = table.table().newAppend();
        for (int i = 0; i <= random.nextInt(3); i++) {
            Written written = write(newRows(ROWS_OF_A_FILE));
            append.appendFile(written.file);
            added.add(written);
        }
        files.addAll(added);
        commit(append);
    }

    private Written any() {
        return files.get(random.nextInt(files.size()));
    }

    private void overwrite() {
        if (files.isEmpty()) {
            return;
        }
        Written old = any();
        OverwriteFiles overwrite = table.table().newOverwrite().deleteFile(old.file);
        files.remove(old);
        List<Row> changed = old.alive().stream()
                .map(row -> new Row(commits, row.key(), row.amount() + 1, row.owner(), row.region()))
                .toList();
        if (!changed.isEmpty()) {
            Written written = write(changed);
            overwrite.addFile(written.file);
            files.add(written);
        }
        commit(overwrite);
    }

    private void deletePositions() throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Written target = any();
        List<Integer> positions = new ArrayList<>();
        for (int position = 0; position < target.rows.size(); position++) {
            if (target.rows.get(position).isPresent() && random.nextInt(10) == 0) {
                positions.add(position);
            }
        }
        if (positions.isEmpty()) {
            return;
        }
        positions.forEach(position -> target.rows.set(position, Optional.empty()));
        RowDelta delta = table.table().newRowDelta().validateFromSnapshot(current());
        if (commits > ADDED_VECTORS) {
            target.vector.ifPresent(delta::removeDeletes);
            DeleteFile vector = vector(target);
            target.vector = Optional.of(vector);
            delta.addDeletes(vector);
        } else {
            delta.addDeletes(positionDeletes(target, positions));
        }
        commit(delta);
    }

    private DeleteFile positionDeletes(Written target, List<Integer> positions) throws IOException {
        PositionDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(location()))
                .forTable(table.table())
                .withSpec(table.table().specs().get(target.file.specId()))
                .withPartition(target.file.partition())
                .createWriterFunc(GenericParquetWriter::create)
                .rowSchema(null)
                .overwrite()
                .buildPositionWriter();
        try (writer) {
            for (int position : positions) {
                PositionDelete<Record> delete = PositionDelete.create();
                writer.write(delete.set(target.file.location(), position));
            }
        }
        return writer.toDeleteFile();
    }

    /** A vector replaces what was deleted in its file before. */
    private DeleteFile vector(Written target) throws IOException {
        OutputFileFactory outputs = OutputFileFactory.builderFor(table.table(), 1, commits)
                .format(FileFormat.PUFFIN)
                .operationId(UUID.randomUUID().toString())
                .build();
        BaseDVFileWriter writer = new BaseDVFileWriter(outputs, path -> null);
        try (writer) {
            for (int position = 0; position < target.rows.size(); position++) {
                if (target.rows.get(position).isEmpty()) {
                    writer.delete(
                            target.file.location(),
                            position,
                            table.table().specs().get(target.file.specId()),
                            target.file.partition());
                }
            }
        }
        return writer.result().deleteFiles().getFirst();
    }

    private void deleteKeys() throws IOException {
        Schema keys = LEDGER.select("key");
        EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(location()))
                .forTable(table.table())
                .withSpec(table.table().specs().get(0))
                .rowSchema(keys)
                .createWriterFunc(GenericParquetWriter::create)
                .equalityFieldIds(2)
                .overwrite()
                .buildEqualityWriter();
        try (writer) {
            for (Written written : files) {
                for (int position = 0; position < written.rows.size(); position++) {
                    Optional<Row> row = written.rows.get(position);
                    if (row.isPresent() && random.nextInt(40) == 0) {
                        Record key = GenericRecord.create(keys);
                        key.set(0, row.get().key());
                        writer.write(key);
                        written.rows.set(position, Optional.empty());
                    }
                }
            }
        }
        commit(table.table().newRowDelta().addDeletes(writer.toDeleteFile()));
    }

    private void compact() {
        List<Written> old = files.stream().limit(MOST_FILES - 2).toList();
        if (old.isEmpty()) {
            return;
        }
        RewriteFiles rewrite = table.table().newRewrite().validateFromSnapshot(current());
        Map<Integer, List<Row>> byRegion = new HashMap<>();
        for (Written written : old) {
            rewrite.deleteFile(written.file);
            written.vector.ifPresent(rewrite::deleteFile);
            written.alive()
                    .forEach(row -> byRegion.computeIfAbsent(row.region(), region -> new ArrayList<>())
                            .add(row));
        }
        files.removeAll(old);
        for (List<Row> rows : byRegion.values()) {
            Written written = write(rows);
            rewrite.addFile(written.file);
            files.add(written);
        }
        commit(rewrite);
    }

    private long current() {
        return table.table().currentSnapshot().snapshotId();
    }

    private String location() {
        return table.table().location() + "/data/" + UUID.randomUUID() + ".parquet";
    }

    /** Commits, and logs what the new snapshot holds. */
    private void commit(SnapshotUpdate<?> update) {
        long rows = 0;
        long sum = 0;
        long fingerprint = 0;
        for (Written written : files) {
            for (Row row : written.alive()) {
                rows++;
                sum += row.amount();
                fingerprint += row.fingerprint();
            }
        }
        update.commit();
        table.table().refresh();
        long id = current();
        try {
            Files.writeString(
                    log,
                    id + " " + rows + " " + sum + " " + fingerprint + " " + commits + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commits++;
    }
}
