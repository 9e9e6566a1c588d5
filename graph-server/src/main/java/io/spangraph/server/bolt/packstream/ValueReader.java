package io.spangraph.server.bolt.packstream;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.packstream.PackStreamReader.StructureHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the values that a client sends. One that is well-formed but cannot be used becomes null, and the first such is
 * remembered as the refusal: the request that holds it fails, while the connection goes on with the next message.
 */
public final class ValueReader {
    /** How deep lists and maps may be nested in each other. */
    public static final int DEEPEST_NESTING = 100;

    private static final Value EMPTY_LIST = Value.of(List.of());
    private static final Value[] SMALL_INTEGERS = smallIntegers();

    private final PackStreamReader in;
    private final ValueForm form;
    private final StructureReader structures;
    private int depth;
    private String outermostKey = "";
    private Optional<QueryException> refusal = Optional.empty();

    public ValueReader(PackStreamReader in, ValueForm form) {
        this.in = in;
        this.form = form;
        this.structures = new StructureReader(in);
    }

    /** Why what was read so far cannot be used, if it cannot. */
    public Optional<QueryException> refusal() {
        return refusal;
    }

    public Value read() {
        return switch (in.peekType()) {
            case NULL -> {
                in.readNull();
                yield Value.NULL;
            }
            case BOOLEAN -> Value.of(in.readBoolean());
            case INTEGER -> integer(in.readInteger());
            case FLOAT -> Value.of(in.readFloat());
            case BYTES -> new Value.BytesValue(in.readBytes());
            case STRING -> Value.of(in.readString());
            case LIST -> isTooDeep() ? refuseDepth() : list();
            case MAP -> isTooDeep() ? refuseDepth() : new Value.MapValue(readMap());
            case STRUCTURE -> structure();
            case UUID -> uuid();
        };
    }

    public Map<String, Value> readMap() {
        int size = in.readMapHeader();
        Map<String, Value> entries = new LinkedHashMap<>();
        depth++;
        for (int i = 0; i < size; i++) {
            String key = in.readString();
            if (depth == 1) {
                outermostKey = key;
            }
            if (entries.put(key, read()) != null) {
                throw new PackStreamException("The key '" + key + "' occurs twice in a map.");
            }
        }
        depth--;
        return entries;
    }

    private Value list() {
        int size = in.readListHeader();
        if (size == 0) {
            return EMPTY_LIST;
        }
        List<Value> elements = new ArrayList<>(size);
        depth++;
        for (int i = 0; i < size; i++) {
            elements.add(read());
        }
        depth--;
        return Value.of(elements);
    }

    private Value structure() {
        StructureHeader header = in.readStructureHeader();
        Structure structure = Structure.byTag(header.tag())
                .filter(this::isKnown)
                .orElseThrow(
                        () -> new PackStreamException("No value of this version of Bolt is a structure with the tag"
                                + " 0x%02X.".formatted(header.tag())));
        try {
            return structures.read(structure, header.size());
        } catch (QueryException e) {
            return refuse(e);
        }
    }

    private boolean isKnown(Structure structure) {
        return switch (structure) {
            case DATE_TIME, ZONED_DATE_TIME -> form.utcDateTimes();
            case LEGACY_DATE_TIME, LEGACY_ZONED_DATE_TIME -> !form.utcDateTimes();
            case VECTOR, UNSUPPORTED_TYPE -> form.vectors();
            case NODE,
                    RELATIONSHIP,
                    UNBOUND_RELATIONSHIP,
                    PATH,
                    DATE,
                    LOCAL_TIME,
                    TIME,
                    LOCAL_DATE_TIME,
                    DURATION,
                    POINT_2D,
                    POINT_3D -> true;
        };
    }

    /** Tables hold UUIDs as texts, so that is what they are compared with. */
    private Value uuid() {
        if (!form.uuids()) {
            throw new PackStreamException("No value of this version of Bolt begins with the byte 0xE0.");
        }
        return Value.of(in.readUuid().toString());
    }

    private static Value integer(long value) {
        return value >= 0 && value < SMALL_INTEGERS.length ? SMALL_INTEGERS[(int) value] : Value.of(value);
    }

    private boolean isTooDeep() {
        return depth >= DEEPEST_NESTING;
    }

    private Value refuseDepth() {
        in.skip();
        return refuse(QueryException.of(
                        QueryErrorCode.COMPLEXITY_LIMIT,
                        "it is nested more than " + DEEPEST_NESTING + " levels deep, which is as deep as values may be")
                .withHint("Send it in a flatter form."));
    }

    private Value refuse(QueryException problem) {
        if (refusal.isEmpty()) {
            String message = "Invalid value of parameter '" + outermostKey + "': " + problem.getMessage() + ".";
            QueryException whole = QueryException.of(problem.code(), message);
            refusal = Optional.of(problem.hint().map(whole::withHint).orElse(whole));
        }
        return Value.NULL;
    }

    private static Value[] smallIntegers() {
        Value[] values = new Value[Byte.MAX_VALUE + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = Value.of((long) i);
        }
        return values;
    }
}
