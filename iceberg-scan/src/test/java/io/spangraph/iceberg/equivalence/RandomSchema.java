package io.spangraph.iceberg.equivalence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Columns of random types, and how they change. */
final class RandomSchema {
    private final Random random;
    private final List<NestedField> dropped = new ArrayList<>();
    private int names;

    RandomSchema(Random random) {
        this.random = random;
    }

    private boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    Schema first(int version) {
        List<NestedField> fields = new ArrayList<>();
        int count = 1 + random.nextInt(7);
        for (int id = 1; id <= count; id++) {
            fields.add(NestedField.optional(id, "c" + names++, type(version)));
        }
        if (oneIn(10)) {
            fields.add(NestedField.optional(count + 1, "c" + names++, nested(count + 2)));
        }
        return new Schema(fields);
    }

    private Type type(int version) {
        return switch (random.nextInt(version > 2 ? 20 : 19)) {
            case 0 -> Types.BooleanType.get();
            case 1, 2 -> Types.IntegerType.get();
            case 3, 4 -> Types.LongType.get();
            case 5 -> Types.FloatType.get();
            case 6 -> Types.DoubleType.get();
            case 7 -> Types.DateType.get();
            case 8 -> Types.TimeType.get();
            case 9 -> Types.TimestampType.withoutZone();
            case 10 -> Types.TimestampType.withZone();
            case 11 -> Types.UUIDType.get();
            case 12 -> Types.FixedType.ofLength(1 + random.nextInt(20));
            case 13 -> Types.BinaryType.get();
            case 14, 15 -> {
                int precision = 1 + random.nextInt(38);
                yield Types.DecimalType.of(precision, random.nextInt(precision + 1));
            }
            case 19 ->
                random.nextBoolean() ? Types.TimestampNanoType.withZone() : Types.TimestampNanoType.withoutZone();
            default -> Types.StringType.get();
        };
    }

    private Type nested(int id) {
        return switch (random.nextInt(3)) {
            case 0 -> Types.ListType.ofOptional(id, Types.StringType.get());
            case 1 -> Types.MapType.ofOptional(id, id + 1, Types.StringType.get(), Types.LongType.get());
            default ->
                Types.StructType.of(
                        NestedField.optional(id, "name", Types.StringType.get()),
                        NestedField.optional(id + 1, "at", Types.TimestampType.withZone()));
        };
    }

    PartitionSpec spec(Schema schema) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        if (oneIn(3)) {
            schema.columns().stream()
                    .filter(field -> random.nextInt(3) == 0)
                    .limit(2)
                    .forEach(field -> partition(builder, field));
        }
        return builder.build();
    }

    private void partition(PartitionSpec.Builder builder, NestedField field) {
        switch (field.type().typeId()) {
            case BOOLEAN -> builder.identity(field.name());
            case INTEGER, LONG, STRING, DECIMAL -> {
                switch (random.nextInt(3)) {
                    case 0 -> builder.bucket(field.name(), 4);
                    case 1 -> builder.truncate(field.name(), 3);
                    default -> builder.identity(field.name());
                }
            }
            case DATE, TIMESTAMP -> {
                if (random.nextBoolean()) {
                    builder.month(field.name());
                } else {
                    builder.identity(field.name());
                }
            }
            case TIME, UUID, FIXED, BINARY -> builder.identity(field.name());
            default -> {}
        }
    }

    /** Changes the table's columns; the kept ones are neither dropped nor given another type. */
    String change(Table table, int version, Set<Integer> kept) {
        List<NestedField> fields = new ArrayList<>(table.schema().columns());
        NestedField field = fields.get(random.nextInt(fields.size()));
        UpdateSchema update = table.updateSchema();
        String said = switch (random.nextInt(6)) {
            case 0, 1 -> add(update, version, table.properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING));
            case 2 -> {
                String name = "r" + names++;
                update.renameColumn(field.name(), name);
                yield "rename " + field.name() + " to " + name;
            }
            case 3 -> {
                update.moveFirst(field.name());
                yield "move " + field.name() + " to the front";
            }
            case 4 -> {
                if (kept.contains(field.fieldId()) || fields.size() == 1) {
                    yield "keep " + field.name();
                }
                update.deleteColumn(field.name());
                dropped.add(field);
                yield "drop " + field.name();
            }
            default -> promote(update, field, kept);
        };
        update.commit();
        return said;
    }

    /**
     * @param byName files may have their columns by name: one that comes back under an old name then has the old type, as
     *     Iceberg takes the old files' column for it; of another type it is an error, which {@code RetypedColumnTest}
     *     shows for all pairs of types
     */
    private String add(UpdateSchema update, int version, boolean byName) {
        Optional<NestedField> again =
                !dropped.isEmpty() && random.nextBoolean() ? Optional.of(dropped.removeLast()) : Optional.empty();
        String name = again.map(NestedField::name).orElseGet(() -> "a" + names++);
        Type drawn = type(version);
        Type type = again.filter(old -> byName).map(NestedField::type).orElse(drawn);
        if (version > 2
                && random.nextBoolean()
                && type.isPrimitiveType()
                && type.typeId() != Type.TypeID.TIMESTAMP_NANO) {
            Object value = new TypedValues(type, "default ").of(random.nextInt(9));
            update.addColumn(name, type, Expressions.lit(value));
            return "add " + name + " " + type + " default " + value;
        }
        update.addColumn(name, type);
        return "add " + name + " " + type;
    }

    private String promote(UpdateSchema update, NestedField field, Set<Integer> kept) {
        Set<Integer> fixed = new HashSet<>(kept);
        if (fixed.contains(field.fieldId())) {
            return "keep " + field.name();
        }
        Type.PrimitiveType wider = switch (field.type()) {
            case Types.IntegerType type -> Types.LongType.get();
            case Types.FloatType type -> Types.DoubleType.get();
            case Types.DecimalType type ->
                Types.DecimalType.of(Math.min(38, type.precision() + 1 + random.nextInt(12)), type.scale());
            default -> null;
        };
        if (wider == null || wider.equals(field.type())) {
            return "keep " + field.name();
        }
        update.updateColumn(field.name(), wider);
        return "promote " + field.name() + " to " + wider;
    }
}
