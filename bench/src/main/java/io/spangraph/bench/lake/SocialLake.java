package io.spangraph.bench.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import io.spangraph.iceberg.catalog.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A folder with the tables of a social network: people, who knows whom, messages, their tags, and places. */
public final class SocialLake implements AutoCloseable {
    /** The tables by the names that stand for them in questions of SQL. */
    public static final List<String> TABLES = List.of("place", "tag", "person", "knows", "message", "message_tag");

    private static final String NAMESPACE = "social";
    private static final int ROWS_PER_FILE = 1_000_000;
    private static final long SEED = 815;
    private static final Type TEXT = Types.StringType.get();
    private static final Type LONG = Types.LongType.get();

    private static final Schema PLACE =
            new Schema(required(1, "place_id", LONG), required(2, "name", TEXT), required(3, "country", TEXT));
    private static final Schema TAG =
            new Schema(required(1, "tag_id", LONG), required(2, "name", TEXT), required(3, "class", TEXT));
    private static final Schema PERSON = new Schema(
            required(1, "person_id", LONG),
            required(2, "first_name", TEXT),
            required(3, "created_ms", LONG),
            required(4, "place_id", LONG));
    private static final Schema KNOWS =
            new Schema(required(1, "person_id", LONG), required(2, "friend_id", LONG), required(3, "since_ms", LONG));
    private static final Schema MESSAGE = new Schema(
            required(1, "message_id", LONG),
            required(2, "creator_id", LONG),
            optional(3, "reply_of", LONG),
            required(4, "created_ms", LONG),
            required(5, "length", LONG),
            required(6, "language", TEXT));
    private static final Schema MESSAGE_TAG = new Schema(required(1, "message_id", LONG), required(2, "tag_id", LONG));

    private final Path directory;
    private final int people;
    private final JdbcCatalog catalog;
    private final TableFiles tables;

    private SocialLake(Path directory, int people, JdbcCatalog catalog) {
        this.directory = directory;
        this.people = people;
        this.catalog = catalog;
        this.tables = new TableFiles(catalog, NAMESPACE);
    }

    /** Opens the folder for a network of so many people below {@code data}; nothing is written yet. */
    public static SocialLake open(Path data, int people) {
        Path directory = directory(data, people);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + directory, e);
        }
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                "lake",
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:" + directory.resolve("catalog.db"),
                        CatalogProperties.WAREHOUSE_LOCATION,
                        directory.resolve("warehouse").toString(),
                        CatalogProperties.FILE_IO_IMPL,
                        LocalFileIO.class.getName(),
                        JdbcCatalog.PROPERTY_PREFIX + "schema-version",
                        "V1"));
        return new SocialLake(directory, people, catalog);
    }

    /** Where the tables of a size are, or would be. */
    public static Path directory(Path data, int people) {
        return data.resolve("social-" + people);
    }

    public Path directory() {
        return directory;
    }

    public Table table(String name) {
        return tables.table(name);
    }

    public boolean complete() {
        return TABLES.stream().allMatch(tables::holds);
    }

    /** Writes the tables that are missing. */
    public void write(Consumer<String> notes) {
        if (complete()) {
            return;
        }
        notes.accept("Writing a social network of " + people + " people to " + directory);
        SocialNetwork network = SocialNetwork.of(people);
        write(
                "place",
                PLACE,
                "place_id",
                SocialNetwork.PLACES,
                (place, random) -> Stream.<Object[]>of(new Object[] {
                    (long) place,
                    numbered("place-%04d", place),
                    numbered("country-%02d", place % SocialNetwork.COUNTRIES)
                }));
        write(
                "tag",
                TAG,
                "tag_id",
                SocialNetwork.TAGS,
                (tag, random) -> Stream.<Object[]>of(new Object[] {
                    (long) tag, numbered("tag-%04d", tag), numbered("class-%02d", tag % SocialNetwork.TAG_CLASSES)
                }));
        write(
                "person",
                PERSON,
                "person_id",
                people,
                (person, random) -> Stream.<Object[]>of(new Object[] {
                    (long) person,
                    numbered("first-name-%03d", random.nextInt(500)),
                    SocialNetwork.FIRST_MS - random.nextLong(86_400_000L * 365),
                    (long) network.cities()[person]
                }));
        long[] knows = network.knows();
        write(
                "knows",
                KNOWS,
                "person_id",
                knows.length,
                (i, random) -> Stream.<Object[]>of(new Object[] {
                    (long) SocialNetwork.smaller(knows[i]),
                    (long) SocialNetwork.larger(knows[i]),
                    SocialNetwork.FIRST_MS + random.nextLong(86_400_000L * 365)
                }));
        writeMessages(network.messages());
    }

    private void writeMessages(SocialNetwork.Messages messages) {
        int count = messages.created().length;
        write("message", MESSAGE, "message_id", count, (i, random) -> {
            Object[] row = {
                (long) i,
                (long) messages.creators()[i],
                null,
                messages.created()[i],
                (long) messages.lengths()[i],
                numbered("language-%d", Names.skewed(random, 10, 2))
            };
            if (messages.parents()[i] >= 0) {
                row[2] = (long) messages.parents()[i];
            }
            return Stream.<Object[]>of(row);
        });
        write(
                "message_tag",
                MESSAGE_TAG,
                "message_id",
                count,
                (i, random) -> IntStream.range(messages.tagStarts()[i], messages.tagStarts()[i + 1])
                        .mapToObj(at -> new Object[] {(long) i, (long) messages.tags()[at]}));
    }

    /** Makes the rows for an index. */
    private interface Rows {
        Stream<Object[]> of(int index, SplittableRandom random);
    }

    /** Writes a table in some files, unless it is there. Each table has draws of its own, so it does not need the others. */
    private void write(String name, Schema schema, String sortedBy, int count, Rows rows) {
        if (tables.holds(name)) {
            return;
        }
        Table table = tables.create(
                name,
                schema,
                PartitionSpec.unpartitioned(),
                SortOrder.builderFor(schema).asc(sortedBy).build());
        SplittableRandom random = new SplittableRandom(SEED);
        AppendFiles append = table.newFastAppend();
        for (int from = 0; from < count; from += ROWS_PER_FILE) {
            int to = Math.min(count, from + ROWS_PER_FILE);
            append.appendFile(TableFiles.write(
                    table,
                    Optional.empty(),
                    numbered("%09d.parquet", from),
                    IntStream.range(from, to).boxed().flatMap(i -> rows.of(i, random))));
        }
        append.commit();
    }

    private static String numbered(String pattern, int number) {
        return String.format(Locale.ROOT, pattern, number);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
