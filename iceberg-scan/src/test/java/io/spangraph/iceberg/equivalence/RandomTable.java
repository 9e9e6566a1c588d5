package io.spangraph.iceberg.equivalence;

import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.iceberg.memory.MemoryLake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types.NestedField;

/** A table that was made, changed, filled and deleted from at random. The same seed gives the same table. */
final class RandomTable implements AutoCloseable {
    private static final int LARGE = 5_000;

    private final Random random;
    private final MemoryLake lake;
    private final Table table;
    private final RandomSchema schemas;
    private final RandomFiles files;
    private final RandomDeletes deletes;
    private final List<RandomFiles.Written> written = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private int version;
    private boolean plain = true;
    private final boolean byPosition;

    RandomTable(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        boolean ranges = random.nextInt(4) > 0;
        CacheMode cache = CacheMode.values()[random.nextInt(3)];
        ScanSettings settings = ScanSettings.DEFAULTS
                .withCache(cache, random.nextBoolean() ? 64 << 20 : 20_000)
                .withCoalesceGap(List.of(0, 200, 64 << 10).get(random.nextInt(3)));
        this.lake = new MemoryLake(ranges, settings);
        this.version = List.of(1, 2, 2, 3, 3).get(random.nextInt(5));
        this.schemas = new RandomSchema(random);
        Schema schema = schemas.first(version);
        PartitionSpec spec = schemas.spec(schema);
        // Files without ids and without a mapping have their columns by position: only while nothing changes.
        this.byPosition = random.nextInt(25) == 0
                && schema.columns().stream().allMatch(field -> field.type().isPrimitiveType());
        Map<String, String> properties = new HashMap<>(Map.of("format-version", String.valueOf(version)));
        if (random.nextBoolean() && !byPosition) {
            properties.put("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(schema)));
        }
        this.table = lake.create(schema, spec, properties);
        history.add("table " + seed + (ranges ? "" : " (streams without ranges)") + ", cache " + cache + ", version "
                + version + ", "
                + schema + ", " + spec + (byPosition ? ", columns by position" : "")
                + (properties.size() > 1 ? ", name mapping" : ""));
        this.files = new RandomFiles(random, lake.storage());
        this.deletes = new RandomDeletes(random);
        append();
        int steps = byPosition || random.nextInt(3) == 0 ? 0 : random.nextInt(6);
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    private void step() {
        switch (random.nextInt(6)) {
            case 0, 1 -> append();
            case 2 -> {
                plain = false;
                history.add(schemas.change(table, version, kept()));
            }
            case 3, 4 -> {
                plain = false;
                history.add(deletes.apply(table, version, written));
            }
            default -> changeLayout();
        }
    }

    private Set<Integer> kept() {
        Set<Integer> kept = new HashSet<>(deletes.compared());
        table.specs()
                .values()
                .forEach(spec ->
                        spec.fields().stream().map(PartitionField::sourceId).forEach(kept::add));
        return kept;
    }

    /** Another partition spec, or a later version of the format. */
    private void changeLayout() {
        if (version < 3 && random.nextBoolean()) {
            version++;
            table.updateProperties()
                    .set("format-version", String.valueOf(version))
                    .commit();
            history.add("upgrade to version " + version);
            return;
        }
        plain = false;
        UpdatePartitionSpec update = table.updateSpec();
        List<NestedField> fields = table.schema().columns();
        NestedField field = fields.get(random.nextInt(fields.size()));
        boolean isSource = table.specs().values().stream()
                .flatMap(spec -> spec.fields().stream())
                .anyMatch(partition -> partition.sourceId() == field.fieldId());
        if (table.spec().isPartitioned() && random.nextBoolean()) {
            update.removeField(table.spec().fields().getFirst().name());
        } else if (!isSource) {
            switch (field.type().typeId()) {
                case INTEGER, LONG, STRING -> update.addField(Expressions.bucket(field.name(), 3));
                case BOOLEAN, DATE, UUID -> update.addField(field.name());
                default -> {}
            }
        }
        update.commit();
        history.add("partition by " + table.spec());
    }

    private int count() {
        return switch (random.nextInt(50)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> LARGE + random.nextInt(LARGE);
            case 3, 4, 5 -> 500 + random.nextInt(1_000);
            default -> 1 + random.nextInt(150);
        };
    }

    private void append() {
        AppendFiles append = table.newAppend();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            RandomFiles.Written file = files.write(table, count(), byPosition);
            written.add(file);
            append.appendFile(file.file());
            history.add("append " + file.file().location() + ": " + file.description());
        }
        append.commit();
    }

    MemoryLake lake() {
        return lake;
    }

    Table table() {
        return table;
    }

    Random random() {
        return random;
    }

    /** Whether its files alone say what it holds: one schema, nothing deleted, no values in partitions only. */
    boolean isPlain() {
        return plain && !byPosition && table.spec().identitySourceIds().isEmpty();
    }

    /** All that made it what it is. */
    @Override
    public String toString() {
        return String.join("\n    ", history);
    }

    @Override
    public void close() {
        lake.close();
    }
}
